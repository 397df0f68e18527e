"""What the servers saw: reads the headers of the packets that reach a link, and counts by destination address.

`watch.py DEVICE` until it is ended by SIGTERM; then one JSON object: the most TCP connections open at once at any address (from the client's
SYN to the client's FIN or RST; DNS over TCP aside), the same of port 25 alone, and the most DNS queries that reached one address in any
second, one over TCP being one of them. Standard library only.
"""

import collections
import json
import signal
import socket
import struct
import sys

ETH_P_ALL = 3
SO_TIMESTAMPNS = 35
FIN, SYN, RST, ACK = 0x01, 0x02, 0x04, 0x10
PACKET_OUTGOING = 4

open_connections = collections.defaultdict(set)
queries = collections.defaultdict(collections.deque)
most = collections.Counter()
seen = collections.Counter()


def note_tcp(address, source, segment):
    source_port, port = struct.unpack_from("!HH", segment)
    flags = segment[13]
    if port == 53:
        return flags & (SYN | ACK) == SYN
    who = (source, source_port)
    for kind in ("any", "mail") if port == 25 else ("any",):
        there = open_connections[kind, address]
        if flags & SYN:
            seen[kind] += who not in there
            there.add(who)
            most[kind] = max(most[kind], len(there))
        if flags & (FIN | RST):
            there.discard(who)
    return False


def note_query(address, time):
    recent = queries[address]
    recent.append(time)
    while recent[0] <= time - 1.0:
        recent.popleft()
    seen["queries"] += 1
    most["queries"] = max(most["queries"], len(recent))


def note(frame, time):
    kind = struct.unpack_from("!H", frame, 12)[0]
    packet = frame[14:]
    if kind == 0x0800:
        header, protocol = (packet[0] & 15) * 4, packet[9]
        source, address = packet[12:16], socket.inet_ntop(socket.AF_INET, packet[16:20])
    elif kind == 0x86DD:
        header, protocol = 40, packet[6]
        source, address = packet[8:24], socket.inet_ntop(socket.AF_INET6, packet[24:40])
    else:
        return
    segment = packet[header:]
    if protocol == 6 and note_tcp(address, source, segment):
        note_query(address, time)
    elif protocol == 17 and struct.unpack_from("!H", segment, 2)[0] == 53:
        note_query(address, time)


def finish(*_):
    print(json.dumps({"most": most, "seen": seen}), flush=True)
    sys.exit(0)


signal.signal(signal.SIGTERM, finish)
link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 20)
link.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
link.bind((sys.argv[1], 0))
print("ready", file=sys.stderr, flush=True)
while True:
    frame, ancillary, _, source = link.recvmsg(128, 64)
    if source[2] == PACKET_OUTGOING:
        continue
    seconds, nanoseconds = struct.unpack("qq", ancillary[0][2][:16])
    note(frame, seconds + nanoseconds / 1e9)
