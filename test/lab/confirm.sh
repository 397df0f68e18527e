#!/bin/bash
# Confirms, with tools that are not ours, that the lab is what the expectations say of it: dig, curl, openssl and swaks, from the
# vantage that has both families. Usage: confirm.sh NAMESPACE-PREFIX CA-FILE <facts (facts.ts)
# One line a fact, "ok" or "not ok"; ends with 1 when any is not so.
set -u
dual=${1:?namespace prefix}dual v4only=${1}v4only servers=${1}servers ca=${2:?CA file} gov=203.119.254.53
D=- W4=- W6=-

at() { ip netns exec "$dual" "$@"; }
not() { ! "$@"; }
literal() { case $1 in *:*) echo "[$1]" ;; *) echo "$1" ;; esac; }

# dig without recursion: 'NAME TYPE [OPTION…]' SERVER REGEX
# Of an agency's own server the answer counts, of its parent the referral too.
asked() {
  local sections='+noauthority +noadditional'
  [ "$2" = $gov ] && sections=
  at dig +norec +tries=2 +time=2 $sections "@$2" $1 | tr '\t' ' ' | grep -v '^;[^;]'
}
dns() { asked "$1" "$2" | grep -Eq -- "$(spaced "$3")"; }
nodns() { ! dns "$@"; }
# Between the columns of an answer stands any number of blanks.
spaced() { sed -E 's/^(IN|MX|A|AAAA|RRSIG)\./\1 +/; s/(IN)\.\(/\1 +(/' <<<"$1"; }
dns_short() { [ "$(at dig +norec +short +tries=2 +time=2 "@$2" $1)" = "$3" ]; }
# resolver KIND 'NAME TYPE' REGEX
resolver() {
  local server=2405:4800:f006::2
  [ "$1" = ipv6-transport ] && server=2405:4800:f006::3
  at dig +tries=2 +time=8 "@$server" $2 | grep -Eq -- "$3"
}

# curl with the family pinned by a literal: ADDRESS HOST PORT PATH [OPTION…]
get() {
  local address=$1 host=$2 port=$3 path=$4 scheme=https
  shift 4
  [ "$port" = 80 ] && scheme=http
  [ "$port" = 25 ] && scheme=http
  at curl -sS -m "${patience:-10}" --noproxy '*' --cacert "$ca" --resolve "$host:$port:$(literal "$address")" "$@" "$scheme://$host:$port$path"
}
code() { [ "$(get "$1" "${3:-$D}" "${5:-443}" "${4:-/}" -o /dev/null -w '%{http_code}')" = "$2" ]; }
code4() { code $W4 "$1" "${2:-}" "${3:-}"; }
code6() { code $W6 "$1" "${2:-}" "${3:-}"; }
plain4() { code $W4 "$1" $D / 80; }
plain6() { code $W6 "$1" $D / 80; }
# exit codes of curl: 7 no connection, 28 timeout, 47 redirect loop, 60 certificate
# Waiting is what is shown where silence is the fact; elsewhere a busy machine is given its time.
curl_ends() { local patience=10; [ "$1" -eq 28 ] && patience=3; get "$2" "${3:-$D}" "${4:-443}" / -o /dev/null; [ $? -eq "$1" ]; }
curl4() { curl_ends "$1" $W4 "${2:-}" "${3:-}"; }
curl6() { curl_ends "$1" $W6 "${2:-}" "${3:-}"; }
body4() { get $W4 $D 443 / | grep -Eq -- "$1"; }
body6() { get $W6 $D 443 / | grep -Eq -- "$1"; }
header4() { local re=$1; shift; get $W4 $D 443 / -D - -o /dev/null "$@" | grep -Eiq -- "$re"; }
header6() { local re=$1; shift; get $W6 $D 443 / -D - -o /dev/null "$@" | grep -Eiq -- "$re"; }
same() { [ "$(get $W6 $D 443 / | sha256sum)" = "$(get $W4 $D 443 / | sha256sum)" ]; }
title() { get "$1" $D 443 / | grep -Fq "<title>$2</title>"; }
large6() { [ "$(get $W6 $D 443 / | wc -c)" -ge 8192 ]; }
loops() { get "$1" $D 443 / -L --max-redirs 5 -o /dev/null; [ $? -eq 47 ]; }
loop4() { loops $W4; }
loop6() { loops $W6; }
seconds() { get "$1" $D 443 / -o /dev/null -w '%{time_starttransfer}'; }
connect_seconds() { get "$1" $D 443 / -o /dev/null -w '%{time_connect}'; }
connect_seconds_of() {
  local best=9 one
  for _ in 1 2 3; do
    one=$(connect_seconds "$1")
    best=$(awk -v a="$best" -v b="$one" 'BEGIN { print (b > 0 && b < a) ? b : a }')
  done
  echo "$best"
}
# The shortest of three, since a busy machine only ever adds.
connects_slower6() { awk -v a="$(connect_seconds_of $W4)" -v b="$(connect_seconds_of $W6)" -v d="$1" 'BEGIN { exit !(b - a > d) }'; }
endless() { [ "$(get "$1" $D 80 / | head -c 4000000 | wc -c)" -eq 4000000 ]; }
# FILE of the routing data, REGEX
routes() { grep -Eq -- "$2" "$(dirname "$ca")/../$1"; }
slower6() { awk -v a="$(seconds $W4)" -v b="$(seconds $W6)" -v d="$1" 'BEGIN { exit !(b - a > d) }'; }
dead() { local patience=3; get "$1" $D 443 / -o /dev/null; [ $? -eq 28 ]; }
connects() { at timeout 5 bash -c "exec 3<>/dev/tcp/$1/$2"; }
silent() { [ -z "$(at timeout 3 bash -c "exec 3<>/dev/tcp/$1/$2; head -c 1 <&3")" ]; }
loses() { ip netns exec "$servers" nft list table inet lab | grep "$1" | grep -q 'numgen'; }

# openssl
hello() { local address=$1; shift; at timeout 10 openssl s_client -connect "$(literal "$address"):443" -servername $D -CAfile "$ca" "$@" </dev/null 2>&1; }
cert4() { hello $W4 | grep -Eq -- "$1"; }
cert6() { hello $W6 | grep -Eq -- "$1"; }
serial() { hello "$1" | openssl x509 -noout -serial; }
certificates_differ() { [ "$(serial $W4)" != "$(serial $W6)" ]; }
cert_text() { hello $W6 | openssl x509 -noout -text | grep -q "$1"; }
alpn() { hello "$1" -alpn h2,http/1.1 | grep -q "ALPN protocol: $2"; }

# swaks: ADDRESS REGEX
mail() { at swaks --server "$1" --port 25 --timeout 10 --helo lab.invalid --quit-after FIRST-EHLO 2>&1 | grep -Eq -- "$2"; }
rcpt() { at swaks --server "$1" --port 25 --timeout 10 --helo lab.invalid --from a@lab.invalid --to b@lab.invalid --quit-after RCPT 2>&1 | grep -Eq -- "$2"; }
starttls() { at swaks --server "$1" --port 25 --timeout 10 --helo lab.invalid --quit-after TLS -tls >/dev/null 2>&1; }
mail_cert() { at timeout 10 openssl s_client -connect "$(literal "$1"):25" -starttls smtp </dev/null 2>&1 | openssl x509 -noout -text | grep -q "$2"; }
greets_after() {
  local start=$SECONDS
  mail "$2" '220 ' || at swaks --server "$2" --port 25 --timeout 20 --helo lab.invalid --quit-after BANNER 2>&1 | grep -q '220 '
  [ $((SECONDS - start)) -ge "$1" ]
}

# The rest of a fact's line. A busy machine may lose an answer: what does not hold is asked once more.
check() {
  if eval "$1" >/dev/null 2>&1 || { sleep 2; eval "$1" >/dev/null 2>&1; }; then echo "ok     $D: $1"; else echo "not ok $D: $1"; fi
}
# The facts of one domain, one after another; those of several domains at once.
domain_facts() {
  local line
  for line in "$@"; do check "$line"; done
}
referral() { local text; text=$(at dig +norec +tries=2 +time=2 "@$2" "$1" SOA) && grep -q 'ANSWER: 0' <<<"$text" && grep -Eq "^$1\..*NS" <<<"$text"; }
D=lab
check "dns '. SOA' 2001:503:ba3e::2:30 'flags:[a-z ]* aa'"
check "dns '. SOA +tcp' 198.41.0.4 'flags:[a-z ]* aa'"
check 'referral vn 2001:503:ba3e::2:30'
check 'referral gov.vn 2001:678:4::12'
check "not ip netns exec $v4only curl -6 -sS -m 3 http://[2405:4800:1::80]/"
check "ip netns exec $v4only dig +norec +tries=1 +time=2 @198.41.0.4 . SOA"

atOnce=8
group=()
flush() {
  [ ${#group[@]} -eq 0 ] && return
  domain_facts "${group[@]}" &
  while [ "$(jobs -rp | wc -l)" -ge $atOnce ]; do wait -n; done
  group=()
}
while IFS= read -r line || [ -n "$line" ]; do
  case $line in
    'domain '*)
      flush
      read -r _ D W4 W6 <<<"$line"
      ;;
    *) group+=("$line") ;;
  esac
done
flush
wait
