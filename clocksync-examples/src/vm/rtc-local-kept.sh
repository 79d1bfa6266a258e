#!/bin/bash
# As rtc-local, and the host was set up to keep the clock so: the kernel, which began so, may do it again until the reboot.
. /share/guest.sh
if [ "$VM_BOOT" = 1 ]; then
  settle; timedatectl set-local-rtc 1; cat /etc/adjtime
  vm-reboot
fi
VM_BOOT=$((VM_BOOT - 1))
. /share/rtc-local.sh
