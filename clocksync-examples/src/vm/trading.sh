#!/bin/bash
# In trading hours the clock is not stepped, only reported; nor by a restart.
. /share/guest.sh
settle; open_now; start_watchdog
[ "$VM_VARIANT" = timesyncd ] && systemctl stop "$UNIT"
from=$(lines)
date -s '1 hour ago'
wait_log 30 'repair: .*trading' "$from"; check "reported" wait_log 1 'repair: .*trading' "$from"
sleep 90
check "not stepped by us" bash -c "! grep -q 'step the system clock: \|restart the time service: ' $LOG"
run ntpdiff
stop_watchdog; show; finish
