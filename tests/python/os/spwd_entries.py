# flags: -W ignore::DeprecationWarning
# spwd: entries by name and all together, their fields, and names that are none.
import spwd

print(spwd.getspnam.__text_signature__, spwd.getspall.__text_signature__, spwd.struct_spwd, spwd.struct_spwd.__match_args__)
print(spwd.struct_spwd.n_fields, spwd.struct_spwd.n_sequence_fields, sorted(n for n in dir(spwd) if not n.startswith("_")))
print(spwd.struct_spwd(range(9)), spwd.struct_spwd(range(11)).sp_nam)
for name in ("nosuchuser", 1, "a\0", b"root", "root", None, "\ud800"):
    try:
        entry = spwd.getspnam(name)
        print(entry[:1], entry.sp_nam, entry.sp_pwd == entry.sp_pwdp, len(entry), entry[0] == entry.sp_namp)
    except Exception as error:
        print(type(error).__name__, error)
try:
    print("root" in [entry.sp_namp for entry in spwd.getspall()])
except Exception as error:
    print(type(error).__name__, error)
