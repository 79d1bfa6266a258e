#!/bin/bash
# As rtc-local, and the host was set up to keep the clock so: the kernel, which began so, may do it again until the reboot.
. /share/rtc-local.sh
