# One image for the web processes, the worker and the commands: what it does is said by its command (compose.yaml).
FROM python:3.11-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gettext \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
WORKDIR /site
COPY requirements.txt requirements-uv.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.txt \
    && uv pip install --no-cache --compile-bytecode --require-hashes -r requirements.txt \
    && uv pip uninstall uv
COPY . .
# Settings are read to collect the static files; DEMO is for this step alone and no key of it stays.
RUN python -m compileall -q accounts areas config core councils live participation plans portal reports workplaces \
    && DEMO=1 python manage.py compilemessages -l nl -v 0 \
    && DEMO=1 python manage.py collectstatic --noinput -v 0

FROM python:3.11-slim-bookworm
# Pango and the serif for the PDF reports; PostgreSQL's own programs for backup and restore, of the version of the server.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-sil-charis libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /site --shell /usr/sbin/nologin gebiedsplein \
    && install -d -o gebiedsplein -g gebiedsplein /srv/media
COPY --from=build /venv /venv
COPY --from=build /site /site
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MEDIA_ROOT=/srv/media \
    HOST=0.0.0.0 \
    PORT=8000
WORKDIR /site
USER gebiedsplein
VOLUME /srv/media
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s \
    CMD ["python", "deploy/healthy.py", "/healthz"]
CMD ["deploy/web"]
