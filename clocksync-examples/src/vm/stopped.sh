#!/bin/bash
# The service is stopped: started again. With a right clock this is done in trading hours, too.
. /share/guest.sh
settle; open_now; start_watchdog
t0=$(up); from=$(lines)
systemctl stop "$UNIT"
wait_for 120 is_running; took restarted "$(since $t0)" 60
# timesyncd is also started by D-Bus as soon as anybody asks for it: then there is nothing left to do
if [ "$VM_VARIANT" != timesyncd ] || wait_log 1 'does not run' "$from"; then
  wait_log 60 'restart the time service: helped' "$from"; check "verified" wait_log 1 'restart the time service: helped' "$from"
fi
check "the clock is right" clock_is_right
stop_watchdog; show; finish
