"""Every kind of format specification over values at the edges."""
import itertools
vals=[0.0,-0.0,1.0,9.99,10.0,99.5,100.0,123.0,999.0,999.9,1000.0,293.15,12345.678,1e15,1e16,123456789012345680.0,1e22,1e-4,1e-5,0.00012345,float('inf'),float('nan'),-293.15,5e-324,1.5,1e100]
for v in vals:
    for sp in ('','.0','.1','.2','.3','.4','.5','.6','.15','.16','.17','.20','#.3','#','g','.3g','#.3g','n','.3n','e','.0e','#.0e','f','.0f','#.0f','%','.1%','+.3',' .3','08.3',',.3',',','_',',.6',',.10','z.1f','z.3','10.3','<10.3','^10.3','E','G','.3G','F'):
        try: print(repr(v),sp,format(v,sp))
        except Exception as e: print(repr(v),sp,type(e).__name__,e)
for v in (1+2j,100+0.5j,0j,-0j,1e10+1e-10j,123.456-0j):
    for sp in ('','.3','.2','g','e','f','+','20','>20.2',',','.3n','#.2','%','=10','010','s','d'):
        try: print(repr(v),sp,format(v,sp))
        except Exception as e: print(repr(v),sp,type(e).__name__,e)
for v in (0,1,-5,12345678,10**20,True):
    for sp in ('','d','b','o','x','X','#b','#x','#X','c','n',',','_','_b','_x','e','.2e','f','%','.2%','g','G','+','-',' ','05','<5','^7','=+7','0=+7','>7','*^7','s','z','.3','zd','#o','010_x',',d','_d',',x','08,','f>7','\0>5','é^6'):
        try: print(repr(v),sp,repr(format(v,sp)))
        except Exception as e: print(repr(v),sp,type(e).__name__,e)
for v in ('','abc','é€'):
    for sp in ('','s','5','<5','>5','^5','*^6','.2','5.1','=5','05','d','+','#',',','z','.','5.','.2.','10000000000000000000','.99999999999999999999','s5','ss'):
        try: print(repr(v),sp,repr(format(v,sp)))
        except Exception as e: print(repr(v),sp,type(e).__name__,e)
