#!/bin/bash
# The machine was booted with its hardware clock at 2000-01-01, as with a dead battery: named and mended.
. /share/guest.sh
if [ "$VM_BOOT" = 1 ]; then
  launch_watchdog
  wait_log 120 'battery .*failing.*began anew'; took battery-named "$(since $LAUNCHED)" 60
  # the system clock must be within its tolerance first; a service that slews needs 100 s for 50 ms
  wait_log 300 'hardware clock .*good'; took right-again "$(since $LAUNCHED)" 300
  if ! grep -q 'write the hardware clock: helped' "$LOG"; then
    # the kernel has copied the right time to it, and so was first
    settle; from=$(lines); t0=$(up)
    hwclock --utc --set --date '2000-01-01 00:00:00'
    wait_log 60 'hardware clock .*impossible date' "$from"; took named "$(since $t0)" 60
    wait_log 300 'write the hardware clock: helped' "$from"; took mended "$(since $t0)" 300
  fi
  check "the hardware clock is right" rtc_is_right
  stop_watchdog; show; show_rtc
  [ $FAILS = 0 ] || finish
  vm-reboot
fi
launch_watchdog
wait_log 120 'hardware clock .*good'; took named-good-after-reboot "$(since $LAUNCHED)" 60
stop_watchdog; show; show_rtc
check "the hardware clock is right" rtc_is_right
check "the system clock is right" clock_is_right
finish
