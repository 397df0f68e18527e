#!/bin/bash
# Confirms, with tools that are not ours, that the lab is what expected.ts says of it: dig, curl, openssl and swaks, from the
# vantage that has both families. Usage: confirm.sh NAMESPACE-PREFIX CA-FILE
# One line a fact, "ok" or "not ok"; ends with 1 when any is not so.
set -u
dual=${1:?namespace prefix}dual v4only=${1}v4only ca=${2:?CA file}
bad=0

at() { ip netns exec "$dual" "$@"; }
fact() { # DESCRIPTION COMMAND…: the command succeeds
  local text=$1
  shift
  if "$@" >/dev/null 2>&1; then echo "ok     $text"; else echo "not ok $text"; bad=1; fi
}
no() { ! "$@"; }
is() { [ "$1" = "$2" ]; }

# dig, without recursion: NAME TYPE SERVER
ask() { at dig +norec +short +tries=2 +time=2 "@$3" "$1" "$2"; }
has() { [ -n "$(ask "$@")" ]; }
authoritative() { # NAME SERVER [+tcp]
  local text
  text=$(at dig +norec +tries=2 +time=2 ${3:-} "@$2" "$1" SOA) && grep -q 'status: NOERROR' <<<"$text" && grep -q 'flags:[a-z ]* aa' <<<"$text"
}
refers() { # ZONE SERVER: a referral, not an answer
  local text
  text=$(at dig +norec +tries=2 +time=2 "@$2" "$1" SOA) && grep -q 'ANSWER: 0' <<<"$text" && grep -q "^$1\..*NS" <<<"$text"
}
glue6() { # ZONE: AAAA of both name servers in the parent's referral
  [ "$(at dig +norec +tries=2 +time=2 "@$gov" "$1" NS | grep -c 'AAAA')" = "$2" ]
}
# curl, one family pinned by a literal: HOST ADDRESS PORT
get() {
  local scheme=https literal=$2
  [ "$3" = 80 ] && scheme=http
  case $2 in *:*) literal="[$2]" ;; esac
  at curl -sS -m 2 --noproxy '*' --cacert "$ca" --resolve "$1:$3:$literal" "$scheme://$1/"
}
curl_code() { get "$@" >/dev/null 2>&1; echo $?; }
title() { get "$@" 2>/dev/null | sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p'; }
over_8k() { [ "$(get "$@" | wc -c)" -ge 8192 ]; }
# openssl: HOST ADDRESS:PORT [more]
chain_ok() {
  local host=$1 target=$2
  shift 2
  at timeout 5 openssl s_client -connect "$target" -servername "$host" -CAfile "$ca" -verify_hostname "$host" -verify_return_error "$@" </dev/null
}
greets() { at swaks --server "$1" --port 25 --timeout 5 --quit-after TLS -tls; }

root=2001:503:ba3e::2:30 vn=2001:678:4::12 gov=2001:dc8:d000::53
domains=(tot khong-aaaa aaaa-chet ns-v4 mx-v4 khac-trang tu-choi chung-thu khong-thu)

fact "root (IPv6, UDP) is authoritative" authoritative . $root
fact "root (IPv4, TCP) is authoritative" authoritative . 198.41.0.4 +tcp
fact "root refers for vn" refers vn $root
fact "vn refers for gov.vn" refers gov.vn $vn
fact "v4only has no IPv6 route" no ip netns exec "$v4only" curl -6 -sS -m 3 "http://[2405:4800:1::80]/"
fact "v4only reaches the root over IPv4" ip netns exec "$v4only" dig +norec +tries=1 +time=2 @198.41.0.4 . SOA

number=0
for name in "${domains[@]}"; do
  number=$((number + 1))
  domain=$name.gov.vn www=www.$name.gov.vn
  ns4=203.162.$number.53 second4=203.119.$number.53 web4=203.162.$number.80 web6=2405:4800:$number::80 mx4=203.162.$number.25 mx6=2405:4800:$number::25

  fact "$domain: gov.vn refers" refers "$domain" $gov
  fact "$domain: name servers answer over IPv4" authoritative "$domain" $ns4
  fact "$domain: second name server answers over IPv4 TCP" authoritative "$domain" $second4 +tcp
  if [ $name = ns-v4 ]; then
    fact "$domain: ns1 has no AAAA" no has "ns1.$domain" AAAA $ns4
    fact "$domain: ns2 has no AAAA" no has "ns2.$domain" AAAA $ns4
    fact "$domain: no AAAA glue" glue6 "$domain" 0
  else
    for server in 2405:4800:$number::53 2001:dc8:$number::53; do
      fact "$domain: $server answers over UDP" authoritative "$domain" $server
      fact "$domain: $server answers over TCP" authoritative "$domain" $server +tcp
    done
    fact "$domain: AAAA glue of both name servers" glue6 "$domain" 2
  fi

  for host in "$domain" "$www"; do
    fact "$host: A is $web4" is "$(ask "$host" A $ns4)" $web4
    fact "$host: valid page over IPv4, at least 8 KiB" over_8k "$host" $web4 443
    if [ $name = khong-aaaa ]; then
      fact "$host: no AAAA" no has "$host" AAAA $ns4
      continue
    fi
    fact "$host: AAAA is $web6" is "$(ask "$host" AAAA $ns4)" $web6
    case $name in
      aaaa-chet)
        fact "$host: 443 over IPv6 times out (curl 28)" is "$(curl_code "$host" $web6 443)" 28
        fact "$host: 80 over IPv6 times out (curl 28)" is "$(curl_code "$host" $web6 80)" 28
        ;;
      tu-choi)
        fact "$host: 443 over IPv6 is refused (curl 7)" is "$(curl_code "$host" $web6 443)" 7
        fact "$host: 80 over IPv6 answers" get "$host" $web6 80
        ;;
      chung-thu)
        fact "$host: certificate over IPv4 is valid" chain_ok "$host" $web4:443
        fact "$host: certificate over IPv6 is of another name (curl 60)" is "$(curl_code "$host" $web6 443)" 60
        fact "$host: that certificate is of the lab's CA" chain_ok may-chu-cu.gov.vn "[$web6]:443"
        ;;
      khac-trang)
        fact "$host: certificate over IPv6 is valid" chain_ok "$host" "[$web6]:443"
        fact "$host: nginx's default page over IPv6" is "$(title "$host" $web6 443)" "Welcome to nginx!"
        fact "$host: the agency's page over IPv4" is "$(title "$host" $web4 443)" "Sở Hai Trang Khác Nhau"
        ;;
      *)
        fact "$host: certificate over IPv6 is valid" chain_ok "$host" "[$web6]:443"
        fact "$host: page over IPv6, at least 8 KiB" over_8k "$host" $web6 443
        fact "$host: the same page over both" is "$(get "$host" $web6 443 | sha256sum)" "$(get "$host" $web4 443 | sha256sum)"
        ;;
    esac
  done

  if [ $name = khong-thu ]; then
    fact "$domain: null MX" is "$(ask "$domain" MX $ns4)" "0 ."
    fact "$domain: SPF says no mail" is "$(ask "$domain" TXT $ns4)" '"v=spf1 -all"'
    continue
  fi
  fact "$domain: MX is mx.$domain" is "$(ask "$domain" MX $ns4)" "10 mx.$domain."
  fact "$domain: SPF by mx" is "$(ask "$domain" TXT $ns4)" '"v=spf1 mx -all"'
  fact "mx.$domain: greets and starts TLS over IPv4" greets $mx4
  if [ $name = mx-v4 ]; then
    fact "mx.$domain: no AAAA" no has "mx.$domain" AAAA $ns4
    continue
  fi
  fact "mx.$domain: AAAA is $mx6" is "$(ask "mx.$domain" AAAA $ns4)" $mx6
  fact "mx.$domain: greets and starts TLS over IPv6" greets $mx6
  fact "mx.$domain: certificate over IPv6 is valid" chain_ok "mx.$domain" "[$mx6]:25" -starttls smtp
  fact "mx.$domain: PTR" is "$(at dig +norec +short +tries=2 +time=2 @2620:37:e000::53 -x $mx6)" "mx.$domain."
done
exit $bad
