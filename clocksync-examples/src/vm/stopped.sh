#!/bin/bash
# The service is stopped: started again. With a right clock this is done in trading hours, too.
. /share/guest.sh
settle; open_now; start_watchdog
t0=$(up); from=$(lines)
systemctl stop "$UNIT"
wait_for 120 is_running; took restarted "$(since $t0)" 60
wait_log 60 'restart the time service: helped' "$from"; check "verified" wait_log 1 'restart the time service: helped' "$from"
check "the clock is right" clock_is_right
stop_watchdog; show; finish
