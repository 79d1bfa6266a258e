#!/bin/bash
# systemd refuses to start the service any more: recovered.
. /share/guest.sh
settle; closed_now; start_watchdog
mkdir -p "/run/systemd/system/$UNIT.d"
printf '[Unit]\nStartLimitIntervalSec=300\nStartLimitBurst=5\n' > "/run/systemd/system/$UNIT.d/limit.conf"; systemctl daemon-reload
n=0; while [ $n -lt 10 ] && systemctl restart "$UNIT"; do n=$((n+1)); done
run systemctl show "$UNIT" -p ActiveState,SubState,Result
t0=$(up)
check "it is down" test "$(systemctl is-active "$UNIT")" = failed
wait_for 120 is_running; took recovered "$(since $t0)" 60
wait_log 60 'restart the time service: helped'; check "verified" wait_log 1 'restart the time service: helped'
stop_watchdog; show; finish
