#!/bin/bash
# An ordinary user: without sudo a missing privilege is reported as such; with the sudoers file it works.
. /share/guest.sh
settle; open_now
install -d -o clocksync -g clocksync /var/lib/clocksync
start_watchdog setpriv --reuid clocksync --regid clocksync --clear-groups
from=$(lines)
systemctl stop "$UNIT"
wait_log 60 'restart the time service: not permitted' "$from"; check "reported" wait_log 1 'restart the time service: not permitted' "$from"
check "the clock is still trusted" bash -c "! tail -n +$from $LOG | grep -q 'trust .*UN'"
stop_watchdog
systemctl start "$UNIT"; wait_sync 120
rm -f /var/lib/clocksync/repair-attempts*; install -m 0440 /share/sudoers /etc/sudoers.d/clocksync
start_watchdog setpriv --reuid clocksync --regid clocksync --clear-groups
t0=$(up); from=$(lines)
systemctl stop "$UNIT"
wait_for 120 is_running; took restarted-through-sudo "$(since $t0)" 60
stop_watchdog; show; finish
