#!/bin/bash
# The clock is set back by an hour: noticed, corrected through the service, verified, RTC written.
. /share/guest.sh
settle; closed_now; start_watchdog
# timesyncd undoes a step by itself within a second; a dead one is what needs us.
[ "$VM_VARIANT" = timesyncd ] && systemctl stop "$UNIT"
hwclock --set --date "$(date -d '1 hour ago' '+%F %T')"
from=$(lines); t0=$(up)
date -s '1 hour ago'
# asking timesyncd anything wakes it up, and it may undo the step before anybody has looked twice
wait_log 30 'system clock .*\(behind\|jumped\)' "$from"; took noticed "$(since $t0)" 10
wait_for 120 clock_is_right; took corrected "$(since $t0)" 60
wait_log 120 'write the hardware clock: helped' "$from"; took rtc-written "$(since $t0)" 90
check "the clock is right" clock_is_right
check "the hardware clock is right" rtc_is_right
check "the service runs" is_running
stop_watchdog; show; finish
