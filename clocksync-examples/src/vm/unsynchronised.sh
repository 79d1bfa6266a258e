#!/bin/bash
# The service runs and has lost its server, while others can be reached: restarted after its grace.
. /share/guest.sh
settle; closed_now; export CLOCKSYNC_REPAIR_RESTART_GRACE=30s
start_watchdog
from=$(lines)
pid=$(systemctl show "$UNIT" -p MainPID --value)
ip route add unreachable 10.0.2.2/32; t0=$(up)
# chronyd and ntpd keep their claim until the reach register is empty; a new start asks again at once.
[ "$VM_VARIANT" = chrony ] && chronyc offline
[ "$VM_VARIANT" = timesyncd ] && systemctl restart "$UNIT"
pid=$(systemctl show "$UNIT" -p MainPID --value)
wait_log 240 'time service .*unsynchronised' "$from"; took noticed "$(since $t0)" 240; t1=$(up)
wait_for 120 bash -c "test \"\$(systemctl show $UNIT -p MainPID --value)\" != $pid"; took restarted-after-notice "$(since $t1)" 60
ip route del unreachable 10.0.2.2/32
wait_log 400 'restart the time service: helped' "$from"; check "synchronised again" wait_log 1 'restart the time service: helped' "$from"
check "the clock was right all the time" clock_is_right
stop_watchdog; show; finish
