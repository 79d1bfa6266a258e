#!/bin/bash
# Runs the scenarios in virtual machines and prints what passed, what failed and how long it took.
#
#   VM_HARNESS=DIR clocksync-examples/src/vm/run.sh [-v VARIANT]... [SCENARIO]...
#
# VM_HARNESS holds run-vm.sh, which boots a machine with systemd, a time service and an RTC, and the
# images it needs. Variants: ntpsec, chrony, timesyncd. Scenarios: the scripts beside this one. Each
# takes two to eight minutes, unit a quarter of an hour. Logs and audits are left in a directory that is named at the end.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
jar=$root/clocksync-examples/target/clocksync.jar
: "${VM_HARNESS:?must name the directory of run-vm.sh}"
[ -f "$jar" ] || { echo "$jar is missing: mvn -q -DskipTests package" >&2; exit 2; }
variants=()
while getopts v: option; do [ "$option" = v ] && variants+=("$OPTARG") || exit 2; done
shift $((OPTIND - 1))
[ ${#variants[@]} -gt 0 ] || variants=(ntpsec chrony timesyncd)
scenarios=("$@")
[ ${#scenarios[@]} -gt 0 ] || scenarios=(hour-ago stopped start-limit unsynchronised trading no-network no-privilege rtc-good rtc-local rtc-local-kept rtc-2000 unit unit-sudo)

# How the machine boots, where that is what is broken; and what takes longer.
options() {
  case $1 in
    rtc-local) echo --rtc localtime ;;
    rtc-local-kept) echo --adjtime keep ;;
    rtc-2000) echo --rtc 2000-01-01T00:00:00 ;;
    unit) echo --timeout 1800 ;;
  esac
}

share=$(mktemp -d); chmod 755 "$share"; out=${OUT:-$(mktemp -d)}
cp "$here"/*.sh "$jar" "$root/docs/operations/sudoers" "$share/"
mkdir "$share/docs"; cp -r "$root/docs/operations" "$share/docs/"
failed=0
for variant in "${variants[@]}"; do
  for scenario in "${scenarios[@]}"; do
    mkdir -p "$out/$variant-$scenario"
    "$VM_HARNESS/run-vm.sh" "$here/$scenario.sh" --variant "$variant" --share "$share" --out "$out/$variant-$scenario" \
      --timeout 900 $(options "$scenario") --fake 10.9.0.11:stratum=1,ref=GPS --fake 10.9.0.12:stratum=1,ref=PPS \
      --fake 10.9.0.13:stratum=1,ref=GNSS > "$out/$variant-$scenario/log" 2>&1
    status=$?
    printf '%-10s %-16s %s\n' "$variant" "$scenario" "$([ $status = 0 ] && echo pass || echo "FAIL ($status)")"
    grep -h '^TIME:\|^FAIL:' "$out/$variant-$scenario/log" | sed 's/^/    /'
    [ $status = 0 ] || failed=1
  done
done
rm -rf "$share"
echo "logs: $out"
exit $failed
