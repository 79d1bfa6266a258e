#!/bin/bash
# The machine was booted with its hardware clock in local time: named, set to UTC, and still so after a reboot.
. /share/guest.sh
if [ "$VM_BOOT" = 1 ]; then
  launch_watchdog
  wait_log 120 'trust .* -> TRUSTED'
  if ! wait_log 60 'hardware clock .*local time'; then
    # the kernel has copied the right time to it before anybody could look
    settle; from=$(lines); LAUNCHED=$(up)
    hwclock --utc --set --date "$(date -d '1 hour' '+%F %T')"
    wait_log 60 'hardware clock .*local time' "$from"
  fi
  took named "$(since $LAUNCHED)" 60
  # the system clock must be within its tolerance first; a service that slews needs 100 s for 50 ms
  wait_log 300 'set the hardware clock to UTC: helped'; took mended "$(since $LAUNCHED)" 300
  check "the hardware clock is right" rtc_is_right
  check "it is kept in UTC" grep -qx UTC /etc/adjtime
  stop_watchdog; show; show_rtc
  [ $FAILS = 0 ] || finish
  vm-reboot
fi
launch_watchdog
wait_log 120 'hardware clock .*good'; took named-good-after-reboot "$(since $LAUNCHED)" 60
stop_watchdog; show; show_rtc
check "the hardware clock is right" rtc_is_right
check "it is kept in UTC" grep -qx UTC /etc/adjtime
check "the system clock is right" clock_is_right
check "nothing was in local time" sh -c "! grep -q 'local time' $LOG"
finish
