#!/bin/bash
# Holds what chronyd says of its time against what clocksync says, on the same five servers, one of them 250 ms ahead:
# while they answer, two minutes after all have died, and when chronyd itself is gone. No clock is touched.
#
#   clocksync-examples/src/compare/run.sh
#
# Needs chronyd, chronyc, python3 and curl, the ports 11123 and 18851 on loopback, and three and a half minutes.
set -u
jar=$(cd "$(dirname "$0")/../.." && pwd)/target/clocksync.jar
[ -f "$jar" ] || { echo "$jar is missing: mvn -q -DskipTests package" >&2; exit 2; }
for program in chronyd chronyc python3 curl; do
  command -v $program > /dev/null || { echo "$program is missing" >&2; exit 2; }
done
dir=$(mktemp -d); chmod 755 "$dir"; mkdir -m 0700 "$dir/run" && chown "$(id -un)" "$dir/run"
pids=()
end() { kill "${pids[@]}" 2> /dev/null; wait 2> /dev/null; rm -rf "$dir"; }
trap end EXIT

# daemon NAME < configuration: never steers the clock (-x), ends by itself.
daemon() {
  cat > "$dir/$1.conf"
  timeout 300 chronyd -x -d -u "$(id -un)" -f "$dir/$1.conf" > "$dir/$1.log" 2>&1 &
  pids+=($!)
}
for i in 1 2 3 4; do
  daemon server$i << CONF
local stratum 1
allow 127.0.0.0/8
bindaddress 127.0.0.$i
port 11123
cmdport 0
bindcmdaddress /
pidfile $dir/server$i.pid
CONF
done
timeout 300 python3 - > "$dir/liar.log" 2>&1 << 'LIAR' &
import socket, struct, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.0.0.5", 11123))
def now():
    return int((time.time() + 2208988800 + 0.25) * 2**32)
while True:
    request, peer = s.recvfrom(512)
    received = now()
    s.sendto(struct.pack("!BBbbII4sQ8sQQ", 0x24, 1, 3, -20, 0, 64, b"GPS\0", received, request[40:48], received, now()), peer)
LIAR
pids+=($!)
servers=("${pids[@]}")
daemon client << CONF
$(for i in 1 2 3 4 5; do echo "server 127.0.0.$i port 11123 iburst minpoll 1 maxpoll 2"; done)
port 0
cmdport 0
bindcmdaddress $dir/run/client.sock
pidfile $dir/client.pid
CONF
client=${pids[-1]}
timeout 300 env CLOCKSYNC_POLL_MIN=2s CLOCKSYNC_POLL_MAX=4s CLOCKSYNC_HOST_WATCH=false java -jar "$jar" monitor \
  --servers 127.0.0.1:11123,127.0.0.2:11123,127.0.0.3:11123,127.0.0.4:11123,127.0.0.5:11123 --port 18851 > "$dir/monitor.log" 2>&1 &
pids+=($!)

chrony() { chronyc -n -h "$dir/run/client.sock" "$@" 2>&1; }
# What ClockBound makes of these figures: |local offset| + root dispersion + root delay / 2, in milliseconds.
tracking() {
  chrony -c tracking | awk -F, 'NF < 14 { print "  chronyd: " $0; exit }
    { offset = $5 < 0 ? -$5 : $5
      printf "  chronyd: leap status %s, stratum %s, |offset| + root dispersion + root delay/2 = %.3f ms\n", $14, $3, (offset + $12 + $11 / 2) * 1000 }'
}
ours() {
  curl -sS -m 5 http://127.0.0.1:18851/time/status | grep -oE '"(status|safe_to_stamp|trust|trust_reason|truechimers|error_bound_ms)":("[^"]*"|[^,}]*)' |
    awk -F: '!seen[$1]++ { gsub("\"", ""); printf "%s%s %s", (n++ ? ", " : "  clocksync: "), $1, $2 } END { print "" }'
}
say() { echo "$1"; tracking; ours; }

sleep 45
say "five servers, one 250 ms ahead, after 45 s"
chrony -n sources -v | grep '^\^' | awk '{ printf "    %s %s\n", $1, $2 }'
kill "${servers[@]}"
sleep 120
say "all servers dead, after 120 s"
kill "$client"; sleep 2
say "chronyd dead"
