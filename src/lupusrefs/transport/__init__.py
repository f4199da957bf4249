"""The only home of network I/O: ask a registry politely, get a value or an error.

.. code-block:: text

    message    Limit, Request, Reply: what callers see
    client     Client, TransportSettings: the one way in, ``await client.fetch(...)``
    pace       how fast an origin may be asked, learnt from its answers
    retry      whether a failed attempt deserves another, and after how long
    breaker    when an origin is not asked any more
    redirect   where a redirect may lead
    body       reading a body within bounds
    failures   every foreign exception and bad status -> ServiceError

Importing :mod:`lupusrefs.transport.message` does not import httpx.
"""
