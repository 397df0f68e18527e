"""A link that takes its time: what is routed into it comes out again later. Usage: slow-link.py DEVICE MILLISECONDS

It makes the device (tun) and goes with it; what is written back to a tun device enters the machine as if it had come over it.
"""
import fcntl
import heapq
import itertools
import os
import select
import struct
import sys
import time

SET_DEVICE = 0x400454CA
IPV4_AND_IPV6_WITHOUT_HEADER = 0x1001
LONGEST_PACKET = 65_536
MOST_HELD = 10_000

link = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
fcntl.ioctl(link, SET_DEVICE, struct.pack("16sH", sys.argv[1].encode(), IPV4_AND_IPV6_WITHOUT_HEADER))
delay = int(sys.argv[2]) / 1000
held = []
number = itertools.count()
while True:
    wait = max(0.0, held[0][0] - time.monotonic()) if held else None
    ready, _, _ = select.select([link], [], [], wait)
    if ready:
        packet = os.read(link, LONGEST_PACKET)
        if len(held) < MOST_HELD:
            heapq.heappush(held, (time.monotonic() + delay, next(number), packet))
    while held and held[0][0] <= time.monotonic():
        os.write(link, heapq.heappop(held)[2])
