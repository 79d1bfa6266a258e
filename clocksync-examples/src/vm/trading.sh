#!/bin/bash
# In trading hours the clock is not stepped, only reported; nor by a restart.
. /share/guest.sh
settle; open_now; start_watchdog
[ "$VM_VARIANT" = timesyncd ] && systemctl stop "$UNIT"
from=$(lines)
date -s '1 hour ago'
wait_log 40 'not done: in trading hours' "$from"; check "reported" wait_log 1 'not done: in trading hours' "$from"
sleep 90
check "not stepped by us" bash -c "! grep -q 'step the system clock: \|restart the time service: ' $LOG"
run ntpdiff
[ "$VM_VARIANT" = ntpsec ] || [ "$VM_VARIANT" = timesyncd ] || check "the clock is as wrong as before, but for what chronyd slews" awk -v o="$(off)" 'BEGIN{exit !(o>3500)}'
check "no action of ours" bash -c "! grep -q carried_out /var/lib/clocksync/repair-audit.jsonl"
stop_watchdog; show; finish
