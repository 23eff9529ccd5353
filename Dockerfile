# Two stages: the first installs with hashes and builds the static files, the second only runs.
FROM python:3.11-slim-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
RUN python -m venv .venv
COPY requirements.txt ./
RUN .venv/bin/pip install --no-cache-dir --compile --require-hashes --no-deps -r requirements.txt
COPY . .
RUN .venv/bin/python bin/vendor \
    && TESTING=0 DATABASE_URL=postgres://build@localhost/build \
       SECRET_KEY="only-for-collecting-static-files-never-served" \
       .venv/bin/python manage.py collectstatic --no-input --skip-checks

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app regiovisie
COPY --from=build /app /app
RUN mkdir -p /media /app/var && chown regiovisie /media /app/var
WORKDIR /app
ENV HOST=0.0.0.0 PORT=8000 MEDIA_ROOT=/media LOG_FORMAT=json PYTHONUNBUFFERED=1
USER regiovisie
VOLUME /media
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["bin/container", "health"]
ENTRYPOINT ["bin/container"]
CMD ["web"]
