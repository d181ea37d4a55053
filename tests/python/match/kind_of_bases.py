# What a class with several bases is to match: the kind of the first base that has one, whatever base its layout comes from.
import collections
import collections.abc


class C:
    pass


class M1(collections.UserDict, collections.abc.Sequence):
    pass


class M2(C, collections.UserDict, collections.abc.Sequence):
    pass


class M3(collections.UserDict, C, list):
    pass


class M4(dict, collections.abc.Sequence, C):
    pass


class S1(collections.UserList, collections.abc.Mapping):
    pass


class S2(C, collections.UserList, collections.abc.Mapping):
    pass


class S3(list, C, collections.abc.Mapping):
    pass


class S4(collections.UserList, dict, C):
    pass


class Plain(C, str):
    pass


def kind(x):
    match x:
        case [*_]:
            return "sequence"
        case {}:
            return "mapping"
    return None


for cls in (M1, M2, M3, M4, S1, S2, S3, S4, Plain):
    print(cls.__name__, kind(cls()))
