#!/bin/bash
# Takes the lab down: when its standard input ends (the suite closed it, or died), or after SECONDS at the latest.
# It runs in a session of its own, so that neither Ctrl-C nor a killed test run leaves anything behind.
# Everything inside the namespaces was started by the lab, since the lab made them.
set -u
seconds=$1 prefix=$2 folder=$3
case "$prefix" in ipv6gov-lab-[0-9]*-) ;; *) echo "guard: not a lab prefix: $prefix" >&2; exit 2 ;; esac
case "$folder" in */ipv6gov-lab-*) ;; *) echo "guard: not a lab folder: $folder" >&2; exit 2 ;; esac

read -r -t "$seconds" _

namespaces() { ip netns list | awk -v prefix="$prefix" 'index($1, prefix) == 1 { print $1 }'; }
inside() { for name in $(namespaces); do ip netns pids "$name"; done; }
signal() { for pid in $(inside); do kill "-$1" "$pid" 2>/dev/null; done; }

signal TERM
for _ in $(seq 30); do
  [ -z "$(inside)" ] && break
  sleep 0.1
done
signal KILL
for name in $(namespaces); do ip netns del "$name"; done
rm -rf -- "$folder"
[ -z "$(namespaces)" ] && [ ! -e "$folder" ]
