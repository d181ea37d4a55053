# command: -c 'import _asyncio, asyncio; print(asyncio.Future is _asyncio.Future, asyncio.run(asyncio.sleep(0, 5)))'
# command: -c 'from _asyncio import Task; import asyncio.tasks; print(asyncio.tasks.Task is Task, issubclass(asyncio.tasks._PyTask, asyncio.futures._PyFuture))'
"""_asyncio imported before asyncio, which imports it in turn."""
