#!/bin/bash
# The hardware clock is right: named so, left alone, and remembered over a reboot.
. /share/guest.sh
if [ "$VM_BOOT" = 1 ]; then
  settle; launch_watchdog
  wait_log 120 'hardware clock .*good'; took named-good "$(since $LAUNCHED)" 60
  sleep 45
  check "nothing was done" sh -c "! grep -q 'repair: .*: helped\|repair: .*: failed' $LOG"
  stop_watchdog; show; show_rtc
  check "it is remembered" test -s /var/lib/clocksync/hardware-clock.json
  [ $FAILS = 0 ] || finish
  vm-reboot
fi
launch_watchdog
wait_log 120 'hardware clock .*good'; took named-good-after-reboot "$(since $LAUNCHED)" 60
sleep 45
stop_watchdog; show; show_rtc
check "the hardware clock is right" rtc_is_right
check "the reboot was seen" grep -q '"power_offs":\[{' /var/lib/clocksync/hardware-clock.json
check "the battery is not accused" sh -c "! grep -q 'battery .*failing' $LOG"
# the same once by hand, from the command line alone
hwclock --utc --set --date '2000-01-01 00:00:00'
java -XX:TieredStopAtLevel=1 -jar $JAR check-hwclock; check "critical without --fix" [ $? = 2 ]
java -XX:TieredStopAtLevel=1 -jar $JAR check-hwclock --fix --json > /out/fix.json; cat /out/fix.json
check "good after --fix" sh -c "jq -e '.hardware_clock.state == \"good\"' /out/fix.json"
check "the hardware clock is right after --fix" rtc_is_right
finish
