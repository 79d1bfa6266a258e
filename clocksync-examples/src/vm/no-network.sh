#!/bin/bash
# Without a network nobody knows the time: no step, whatever the clock shows.
. /share/guest.sh
settle; closed_now; start_watchdog
from=$(lines)
cut_network; date -s '1 hour ago'
sleep 90
check "no step" bash -c "! tail -n +$from $LOG | grep -q 'step the system clock: '"
check "trust is withdrawn" wait_log 1 'trust .*UNTRUSTED\|trust .*UNKNOWN' "$from"
restore_network
wait_for 120 clock_is_right; check "corrected once the network is back" clock_is_right
stop_watchdog; show; finish
