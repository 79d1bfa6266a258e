# Helpers for the scenarios, inside the virtual machine: . /share/guest.sh
# They use the harness's own helpers (wait_sync, check, off, within, finish ...).
. /ctl/lib.sh
JAR=/share/clocksync.jar
LOG=/out/watchdog.log
# Three honest servers that are nobody's children; the host's own time service follows another one.
export CLOCKSYNC_SERVERS=10.9.0.11,10.9.0.12,10.9.0.13
export CLOCKSYNC_REPAIR_MODE=act
export CLOCKSYNC_HOST_INTERVAL=10s
# An emulated machine may be too slow for the kernel's raw clock to be read exactly; without it the fastest slew of any service
# is allowed for, and trust comes and goes. ntpd and timesyncd slew by 500 ppm at the most.
[ "$VM_VARIANT" = chrony ] || export CLOCKSYNC_SLEW_ALLOWANCE_PPM=500

up() { cut -d' ' -f1 /proc/uptime; }
since() { awk -v a="$1" -v b="$(up)" 'BEGIN{printf "%.1f", b-a}'; }

# Sessions that are closed now, or open now, by true time. An hour in the week's every day.
closed_now() { export CLOCKSYNC_TRADING_SESSIONS="MON-SUN $(date -u -d '+10 hours' +%H:00)-$(date -u -d '+11 hours' +%H:00) UTC"; }
open_now()   { export CLOCKSYNC_TRADING_SESSIONS="MON-SUN $(date -u -d '-3 hours' +%H:00)-$(date -u -d '+3 hours' +%H:00) UTC"; }

# launch_watchdog [COMMAND PREFIX...]: watches in the background; events go to the log with the uptime.
launch_watchdog() {
  mkdir -p /var/lib/clocksync
  : > "$LOG"
  LAUNCHED=$(up)
  "$@" java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar $JAR watchdog 2> /out/watchdog.err \
    > >(while IFS= read -r line; do echo "$(up) $line"; done >> "$LOG") &
  WATCHDOG=$!
}
# start_watchdog [COMMAND PREFIX...]: the same, until it knows the time and the service.
start_watchdog() {
  launch_watchdog "$@"
  wait_log 120 'trust .* -> TRUSTED' && wait_log 60 'time service .* synchronised'
}
stop_watchdog() { kill "$WATCHDOG" 2>/dev/null; wait "$WATCHDOG" 2>/dev/null; sleep 1; }

# wait_log SECONDS PATTERN [FROM LINE]: waits until an event says so.
wait_log() {
  local end; end=$(awk -v u="$(up)" -v s="$1" 'BEGIN{print u+s}')
  until tail -n "+${3:-1}" "$LOG" | grep -q "$2"; do
    awk -v u="$(up)" -v e="$end" 'BEGIN{exit !(u>e)}' && { echo "not within $1 s: $2"; return 1; }
    sleep 0.3
  done
}
lines() { wc -l < "$LOG"; }

# wait_for SECONDS COMMAND...: waits until a command succeeds.
wait_for() {
  local end; end=$(awk -v u="$(up)" -v s="$1" 'BEGIN{print u+s}'); shift
  until "$@" > /dev/null 2>&1; do
    awk -v u="$(up)" -v e="$end" 'BEGIN{exit !(u>e)}' && return 1
    sleep 0.3
  done
}
clock_is_right() { within "$(off)" 0.1; }
is_running() { systemctl is-active -q "$UNIT"; }
# The hardware clock against the reference, read as UTC, to the 2 s that a write is verified to: it shows
# whole seconds, so it is half a second further on average, and hwclock sets an emulated one to a second or so.
rtc_is_right() {
  local diff; diff=$(awk -v o="$(off)" -v s="$(date +%s.%N)" -v r="$(cat /sys/class/rtc/rtc0/since_epoch)" 'BEGIN{print s+o-r-0.5}')
  within "$diff" 2.5
}
# The hardware clock as the guide looks at it and as clocksync finds it, and the file that outlives a reboot.
show_rtc() { timedatectl show --property=LocalRTC --property=NTPSynchronized; cat /sys/class/rtc/rtc0/since_epoch /etc/adjtime; java -XX:TieredStopAtLevel=1 -jar $JAR check-hwclock; echo "exit $?"; cat /var/lib/clocksync/hardware-clock.json; }
# took NAME SECONDS LIMIT: a figure for the table, and whether it is good enough.
took() { echo "TIME: $VM_VARIANT $1 $2 s (limit $3 s)"; check "$1 within $3 s" awk -v t="$2" -v l="$3" 'BEGIN{exit !(t<=l)}'; }
# Past the first updates, in which chronyd steps by itself.
settle() { wait_sync 180; [ "$VM_VARIANT" = chrony ] && sleep 30; return 0; }
show() { echo "--- events"; cat "$LOG"; echo "--- audit"; tail -n 20 /var/lib/clocksync/repair-audit.jsonl 2>/dev/null; journalctl -t clocksync --no-pager -n 20 -o cat 2>/dev/null; }

# As a service: the commands are those of a section of the guide, run in a tree like that of the built project.
SERVICE=clocksync.service
KEYS=/etc/clocksync/clocksync.env
follow() {
  [ -d /srv/guide ] || { mkdir -p /srv/guide/clocksync-examples/target; cp -r /share/docs /srv/guide/; cp $JAR /srv/guide/clocksync-examples/target/; }
  awk -v h="$1" '/^#/{on=($0==h)} on && sub(/^    /,"")' /share/docs/operations/install.md > /srv/commands
  echo "--- $1"; test -s /srv/commands && (cd /srv/guide && bash -ex /srv/commands) 2>&1
}
# Installed without a start; the keys that the other scenarios have in the environment are in the service's file, but for repair.
install_unit() {
  userdel -r clocksync 2>/dev/null; rm -rf /var/lib/clocksync
  follow '## Files'; check "installed as the guide says" [ $? = 0 ]
  if [ "$VM_VARIANT" = chrony ]; then # so that trust is as steady as with the others
    echo 'maxslewrate 500' >> /etc/chrony/chrony.conf; systemctl restart "$UNIT"; settle
    export CLOCKSYNC_SLEW_ALLOWANCE_PPM=500
  fi
  env | grep '^CLOCKSYNC_' | grep -v '^CLOCKSYNC_REPAIR_' >> $KEYS
  : > "$LOG"; journalctl -f -u $SERVICE -o cat >> "$LOG" & JOURNAL=$!
}
key() { sed -i "/^$1=/d" $KEYS; echo "$1=$2" >> $KEYS; }
pid() { systemctl show $SERVICE -p MainPID --value; }
is_ready() { [ "$(systemctl is-active $SERVICE)" = active ] && curl -fsS -m 5 http://127.0.0.1:8851/ready; }
# timesyncd is started again by systemd when it is killed
kill_service() { if [ "$VM_VARIANT" = timesyncd ]; then systemctl stop "$UNIT"; else systemctl kill -s KILL "$UNIT"; fi; }
