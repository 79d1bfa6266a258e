#!/bin/bash
# Installed as the guide says: it watches, shut in; comes back; repairs through polkit, and only where it is told to.
. /share/guest.sh
history() { clocksync history "$@"; }
# trust takes what the machine's speed allows
came_up() { wait_for 300 is_ready; took "$1" "$(since "$t0")" 300; }
if [ "$VM_BOOT" = 2 ]; then
  t0=0; came_up ready-after-reboot
  check "it goes on with the same history" history verify /var/lib/clocksync/history
  finish
fi
settle; open_now; install_unit
t0=$(up); follow '## Start'; check "started as the guide says" [ $? = 0 ]
came_up ready
# what a stamp was worth is asked below, when the record behind it is written
stamp=$(date -u +%FT%T.%3N+00:00)
check "the unit is the one of the guide" cmp /etc/systemd/system/$SERVICE /share/docs/operations/clocksync.service
check "it runs as its user" test "$(stat -c %U "/proc/$(pid)")" = clocksync
systemd-analyze security $SERVICE --no-pager | tail -n 1

say "shut in, and it sees what it needs"
mkdir -m 777 /srv/open; touch /home/somebody
inside=/proc/$(pid)/root
check "everybody may write here" touch /srv/open/file
check "the unit not" sh -c "touch $inside/srv/open/file 2>&1 | grep -q 'Read-only file system'"
check "its own directory, yes" sh -c "touch $inside/var/lib/clocksync/file && rm $inside/var/lib/clocksync/file"
check "it has a /tmp of its own" sh -c "touch /tmp/mark && ! test -e $inside/tmp/mark"
check "it sees no homes" sh -c "! ls $inside/home/somebody"
run "grep -E 'NoNewPrivs|Cap(Eff|Bnd)|Seccomp:' /proc/$(pid)/status"
check "no new privileges" grep -q 'NoNewPrivs:.1' "/proc/$(pid)/status"
check "no capability, no way to one" sh -c "grep -q 'CapEff:.0*$' /proc/$(pid)/status && grep -q 'CapBnd:.0*$' /proc/$(pid)/status"
check "system calls are filtered" grep -q 'Seccomp:.2' "/proc/$(pid)/status"
wait_log 120 'time service .* synchronised'; check "it sees the time service" [ $? = 0 ]
curl -fsS http://127.0.0.1:8851/time/status > /out/status.json
run "jq -c '.status, .clocksync.kernel, .clocksync.ntp_service.state, .clocksync.hardware_clock.state' /out/status.json"
check "it sees the kernel's clock" jq -e '.clocksync.kernel.max_error_ms' /out/status.json
check "it sees the hardware clock" sh -c "jq -e '.clocksync.hardware_clock.state' /out/status.json | grep -q 'good\|wrong\|local_time'"
check "it may read the journal" setpriv --reuid clocksync --regid clocksync --init-groups journalctl -n 1

say "asked from another shell"
unset "${!CLOCKSYNC_@}"
run "setpriv --reuid nobody --regid nogroup --clear-groups clocksync status --env-file $KEYS --timeout 60s"
check "status is healthy, or warns" [ $? -le 1 ]
check "the journal has its words" sh -c 'journalctl --no-pager -u clocksync.service | grep -q clocksync'
run "ls -l /var/lib/clocksync /var/lib/clocksync/history"
check "the history is its own" sh -c 'test "$(stat -c %U:%a /var/lib/clocksync/history/*.jsonl)" = clocksync:640'
check "the history is intact" history verify /var/lib/clocksync/history

say "told to do nothing, it does nothing"
from=$(lines)
kill_service; wait_log 60 'time service' "$from"
sleep 40
# timesyncd is started by D-Bus as soon as anybody asks for it
[ "$VM_VARIANT" = timesyncd ] || check "the service stays down" test "$(systemctl is-active "$UNIT")" = failed
check "nothing was run" sh -c '! ls /var/lib/clocksync/repair-attempts.jsonl'
tail -n "+$((from + 1))" "$LOG"
systemctl reset-failed "$UNIT"; systemctl start "$UNIT"; wait_sync 180

say "killed, it comes back"
before=$(pid); t0=$(up); kill -9 "$before"
wait_for 60 sh -c "systemctl show $SERVICE -p NRestarts --value | grep -q 1"; took started-again "$(since "$t0")" 30
came_up ready-again
check "another process" test "$(pid)" != "$before"
check "the history is intact" history verify /var/lib/clocksync/history

say "stopped"
t0=$(up); systemctl stop $SERVICE; took stopped "$(since "$t0")" 30
run "systemctl show $SERVICE -p ActiveState,Result,ExecMainCode,ExecMainStatus"
check "no failure" test "$(systemctl show $SERVICE -p ActiveState,Result --value | tr '\n' ' ')" = "success inactive "
check "its own exit, with the health of the clock" test "$(systemctl show $SERVICE -p ExecMainCode,ExecMainStatus --value | tr '\n' ' ' | grep -c '^1 [0-3] ')" = 1
run "clocksync history qualify /var/lib/clocksync/history $stamp"
check "a stamp of then is good" [ $? = 0 ]

say "repair through sudo: not in this unit"
install -m 0440 /share/docs/operations/sudoers /etc/sudoers.d/clocksync
key CLOCKSYNC_REPAIR_MODE act; from=$(lines); systemctl start $SERVICE
wait_log 300 'trust .* -> TRUSTED' "$from" && wait_log 120 'time service .* synchronised' "$from"
from=$(lines); kill_service
wait_log 120 'restart the time service: not permitted' "$from"
[ "$VM_VARIANT" = timesyncd ] || check "a missing privilege is called that" wait_log 1 'restart the time service: not permitted' "$from"
tail -n "+$((from + 1))" "$LOG"
rm /etc/sudoers.d/clocksync; sed -i '/^CLOCKSYNC_REPAIR_/d' $KEYS
systemctl stop $SERVICE; rm -f /var/lib/clocksync/repair-attempts.jsonl
systemctl reset-failed "$UNIT"; systemctl start "$UNIT"; wait_sync 180

say "repair through polkit"
# as the unit's user, and like it without a way to more privileges
refused() { ! setpriv --reuid clocksync --regid clocksync --init-groups --no-new-privs systemctl --no-ask-password "$@"; }
check "without the rules: refused" refused restart "$UNIT"
follow '### polkit'; check "set up as the guide says" [ $? = 0 ]
from=$(lines); systemctl restart $SERVICE
wait_log 300 'trust .* -> TRUSTED' "$from" && wait_log 120 'time service .* synchronised' "$from"
check "no new privileges, still" grep -q 'NoNewPrivs:.1' "/proc/$(pid)/status"
t0=$(up); from=$(lines); kill_service
wait_for 300 is_running; took restarted-through-polkit "$(since "$t0")" 300
if [ "$VM_VARIANT" != timesyncd ] || wait_log 1 'does not run' "$from"; then
  wait_log 120 'restart the time service: helped' "$from"; check "verified" wait_log 1 'restart the time service: helped' "$from"
fi
check "a stop is not granted" refused stop "$UNIT"
check "nor the restart of another unit" refused restart systemd-logind.service
check "the audit is kept" grep -q helped /var/lib/clocksync/repair-audit.jsonl
check "and in the journal" sh -c "journalctl -t clocksync -o cat | grep -q helped"
kill "$JOURNAL"; show
[ $FAILS = 0 ] || finish
vm-reboot
