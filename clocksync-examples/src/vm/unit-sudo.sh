#!/bin/bash
# Installed as the guide says, with sudo: restarts, steps and writes the hardware clock out of the unit.
. /share/guest.sh
settle; closed_now; install_unit
follow '## Start'; check "started as the guide says" [ $? = 0 ]
wait_for 300 is_ready
from=$(lines); t0=$(up); follow '### sudo'; check "set up as the guide says" [ $? = 0 ]
wait_log 300 'trust .* -> TRUSTED' "$from"; took trusted "$(since "$t0")" 300
wait_log 120 'time service .* synchronised' "$from"
mkdir -m 777 /srv/open
run "grep -E 'NoNewPrivs|Cap(Eff|Bnd)|Seccomp:' /proc/$(pid)/status"; systemd-analyze security $SERVICE --no-pager | tail -n 1
check "still shut in" sh -c "touch /proc/$(pid)/root/srv/open/file 2>&1 | grep -q 'Read-only file system'"
check "still no capability" grep -q 'CapEff:.0*$' "/proc/$(pid)/status"

say "a wrong clock"
[ "$VM_VARIANT" = timesyncd ] && systemctl stop "$UNIT"
hwclock --set --date "$(date -d '1 hour ago' '+%F %T')"; cp /etc/adjtime /srv/adjtime
from=$(lines); t0=$(up)
date -s '1 hour ago'
# how fast is for hour-ago and stopped to say: here the way is tried
wait_for 300 clock_is_right; took corrected "$(since "$t0")" 300
wait_log 300 'write the hardware clock: helped' "$from"; took rtc-written "$(since "$t0")" 300
check "the hardware clock is right" rtc_is_right
check "hwclock could keep its record" sh -c '! cmp -s /etc/adjtime /srv/adjtime'
[ "$VM_VARIANT" != chrony ] || check "chronyd was told to step" grep -q makestep /var/lib/clocksync/repair-audit.jsonl

say "a dead service"
sleep 70 # restarts and steps are a minute apart
t0=$(up); from=$(lines); kill_service
wait_for 300 is_running; took restarted-through-sudo "$(since "$t0")" 300
if [ "$VM_VARIANT" != timesyncd ] || wait_log 1 'does not run' "$from"; then
  wait_log 120 'restart the time service: helped' "$from"; check "verified" wait_log 1 'restart the time service: helped' "$from"
fi
kill "$JOURNAL"; show; finish
