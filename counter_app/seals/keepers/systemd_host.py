"""systemd-creds with the machine's host key: for desks that start as a service, where nobody logs in.

The sealed text opens on this machine only; the host key is readable by root, so only a service that runs as
root can use it.
"""

from __future__ import annotations

from counter_app.seals.systemd_creds import SystemdCreds

KEEPER = SystemdCreds("systemd-creds", "本机 systemd 凭据（主机密钥）", "host")
