# ipaddress: an address plan made, split, summed up and searched; every property of addresses of both kinds; texts refused with their reasons.
import ipaddress as ip
import pickle
import random

plan = ip.ip_network("10.20.0.0/16")
free, given = [plan], {}
for name, hosts in (("office", 500), ("lab", 60), ("voice", 200), ("dmz", 12), ("link", 2)):
    prefix = 32 - (hosts + 2 - 1).bit_length()
    block = min((b for b in free if b.prefixlen <= prefix), key=lambda b: (-b.prefixlen, b))
    free.remove(block)
    subnet = next(block.subnets(new_prefix=prefix))
    free += block.address_exclude(subnet)
    given[name] = subnet
    print(name, subnet, subnet.netmask, subnet.hostmask, subnet.num_addresses, subnet[1], subnet[-2], subnet.broadcast_address)
print(len(free), [str(b) for b in ip.collapse_addresses(free + list(given.values()))], sum(b.num_addresses for b in free))


def find(text):
    return next((n for n, s in given.items() if ip.ip_address(text) in s), None)


print([find(x) for x in ("10.20.0.1", "10.20.2.5", "10.20.255.255", str(given["lab"][3]))])
for text in ("0.0.0.0", "10.1.2.3", "127.0.0.1", "169.254.1.1", "172.16.5.5", "192.168.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "8.8.8.8", "100.64.0.1", "192.0.2.1", "::", "::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::", "2002:c000:204::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "::ffff:192.0.2.128", "64:ff9b::1", "fec0::1", "2606:4700::1111"):
    a = ip.ip_address(text)
    print(a, a.version, a.is_private, a.is_global, a.is_multicast, a.is_loopback, a.is_link_local, a.is_reserved, a.is_unspecified, a.reverse_pointer if "%" not in text else "", a.packed.hex(), int(a) == int.from_bytes(a.packed, "big"), a.compressed, a.exploded if "%" not in text else "", *((a.ipv4_mapped, a.sixtofour, a.teredo, a.scope_id, a.is_site_local) if a.version == 6 else ()))
for text in ("", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.04", "1.2..4", "1.2.3.-1", "1.2.3.4/32", "٣.1.1.1", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "::1.2.3", "1:2:3:4:5:6:7::", "::1:2:3:4:5:6:7:8", "fe80::1%", "fe80::1%a%b", ":1::", "1::2:", "1:2:3:4:5:6:7:1.2.3.4", 5, -1, 2**128, b"abcd", b"x", b"0123456789abcdef", None, "::1/64"):
    for make in (ip.ip_address, ip.IPv4Address, ip.IPv6Address):
        try:
            print(repr(text), make.__name__, repr(make(text)))
        except (ValueError, TypeError) as e:
            print(repr(text), make.__name__, type(e).__name__, e)
for text in ("1.2.3.0/24", "1.2.3.4/24", "1.2.3.4", "1.2.3.0/255.255.255.0", "1.2.3.0/0.0.0.255", "1.2.3.0/255.0.255.0", "1.2.3.0/33", "1.2.3.0/-1", "1.2.3.0/x", "1.2.3.0/", "0.0.0.0/0", "1.2.3.4/24/8", "::/0", "2001:db8::/129", "2001:db8::1/64", "::/ffff::", ("1.2.3.0", 24), ("1.2.3.0", "255.255.255.0"), (b"\1\2\3\0", 24), (2**32, 8), 5):
    for strict in (True, False):
        try:
            n = ip.ip_network(text, strict)
            print(repr(text), strict, repr(n), n.with_netmask, n.with_hostmask, n.prefixlen, n.max_prefixlen)
        except (ValueError, TypeError) as e:
            print(repr(text), strict, type(e).__name__, e)
n, m, six = ip.ip_network("192.168.0.0/22"), ip.ip_network("192.168.1.0/24"), ip.ip_network("2001:db8::/125")
print(list(n.subnets()), list(n.subnets(prefixlen_diff=2)), n.supernet(), n.supernet(new_prefix=8), list(n.address_exclude(m)), m.subnet_of(n), n.supernet_of(m), n.overlaps(m), n.compare_networks(m), m < n, n == ip.ip_network("192.168.0.0/22"), hash(n) == hash(ip.ip_network("192.168.0.0/22")), list(six.hosts())[:2], len(list(six)), list(ip.ip_network("1.1.1.0/31").hosts()), list(ip.ip_network("1.1.1.1/32").hosts()), ip.ip_address("192.168.3.9") in n, m.is_private, m.network_address + 5, six[3])
i = ip.ip_interface("10.0.0.5/8")
print(i, repr(i), i.ip, i.network, i.with_prefixlen, i.netmask, i.is_private, i < ip.ip_interface("10.0.0.5/9"), i == ip.ip_interface("10.0.0.5/8"), ip.IPv6Interface("::1%x/64"), ip.ip_interface((5, 8)))
a = ip.ip_address("1.2.3.4")
print(a + 1, a - 5, a < a + 1, sorted([a + 2, a]), f"{a:x}", f"{a:#b}", f"{a:_X}", f"{a:s}", f"{a:n}", f"{ip.ip_address('::5'):#x}", pickle.loads(pickle.dumps(i)) == i, {a: 1}[ip.ip_address(16909060)], list(ip.summarize_address_range(a, a + 9)), ip.get_mixed_type_key(n)[0], ip.v4_int_to_packed(1), ip.v6_int_to_packed(1)[-2:])
for wrong in (lambda: a + 2**32, lambda: a - 2**32, lambda: a < ip.ip_address("::1"), lambda: n < ip.ip_network("::/0"), lambda: n.supernet(new_prefix=30), lambda: list(n.subnets(new_prefix=5)), lambda: list(n.subnets(3, 25)), lambda: list(m.address_exclude(n)), lambda: list(ip.summarize_address_range(a + 1, a)), lambda: list(ip.summarize_address_range(a, ip.ip_address("::1"))), lambda: list(ip.collapse_addresses([a, n])), lambda: list(ip.collapse_addresses([a, ip.ip_address("::1")])), lambda: n[5000], lambda: six[-9], lambda: n.overlaps(a), lambda: f"{a:q}", lambda: m.subnet_of(six), lambda: ip.v4_int_to_packed(-1), lambda: a < 5, lambda: n.supernet(prefixlen_diff=1, new_prefix=3), lambda: setattr(a, "x", 1), lambda: list(ip.ip_network("1.1.1.1/32").subnets(new_prefix=33)), lambda: n.supernet(prefixlen_diff=30)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
rng = random.Random(3)
for _ in range(3):
    nets = [ip.ip_network((rng.randrange(2**14) << 18, rng.randrange(14, 20)), strict=False) for _ in range(40)]
    merged = list(ip.collapse_addresses(nets))
    print(len(merged), all(any(x.subnet_of(y) for y in merged) for x in nets), merged == sorted(merged), merged[0], merged[-1])
