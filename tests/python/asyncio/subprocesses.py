# Child processes and signals in an asyncio loop.
import asyncio
import os
import signal
import sys

CODE = "import sys\nfor line in sys.stdin: print(line.strip()[::-1], flush=True)\nprint('end', file=sys.stderr); sys.exit(5)"


async def main():
    p = await asyncio.create_subprocess_exec(sys.executable, "-S", "-c", CODE, stdin=-1, stdout=-1, stderr=-1)
    for word in ("stressed", "drawer"):
        p.stdin.write(word.encode() + b"\n")
        await p.stdin.drain()
        print((await p.stdout.readline()).decode().strip())
    p.stdin.close()
    print(await p.wait(), await p.stderr.read(), await p.stdout.read())
    p = await asyncio.create_subprocess_shell("cat; exit 7", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    out, err = await p.communicate(b"y" * 200_000)
    print(len(out), err, p.returncode)
    procs = await asyncio.gather(*(asyncio.create_subprocess_exec("sh", "-c", f"exit {i}") for i in range(5)))
    print([await q.wait() for q in procs])
    p = await asyncio.create_subprocess_exec("sleep", "100")
    p.terminate()
    print(await p.wait() == -signal.SIGTERM)
    try:
        await asyncio.create_subprocess_exec("./no-such-program")
    except FileNotFoundError as e:
        print(e)

    loop = asyncio.get_running_loop()
    got = asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, got.set)
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.wait_for(got.wait(), 10)
    print("signal seen", loop.remove_signal_handler(signal.SIGUSR1))
    r, w = os.pipe()
    reads = loop.create_future()
    loop.add_reader(r, lambda: (reads.set_result(os.read(r, 10)), loop.remove_reader(r)))
    loop.call_later(0.01, os.write, w, b"pipe")
    print(await reads)


asyncio.run(main())


async def interrupted():
    loop = asyncio.get_running_loop()
    loop.call_later(0.02, os.kill, os.getpid(), signal.SIGINT)
    try:
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        print("cancelled by the interrupt")
        raise


try:
    asyncio.run(interrupted())
except KeyboardInterrupt:
    print("KeyboardInterrupt")
