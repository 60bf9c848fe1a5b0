# The node in a container:
#   docker build --build-arg COMMIT=$(git rev-parse --short=12 HEAD) -t interaction-processor .
# The files in /app/conf and /app/cluster.xml are defaults: mount your own over them.

FROM maven:3.9-eclipse-temurin-25 AS build
ARG COMMIT=unknown
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -B -ntp -q package -DskipTests -Dgit.commit.id.abbrev="${COMMIT}"


FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="Interaction Processor" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app

# ForkJoinPool: with a pool of one, Hazelcast starts a thread for each callback.
# Compilers: those of a node that has just been started must not take the processors from its clients.
# Unsafe: Hazelcast and Netty still use it, and Java would warn at each start.
RUN printf '%s\n' \
    -XX:MaxRAMPercentage=70 \
    -XX:+ExitOnOutOfMemoryError \
    -XX:ErrorFile=/tmp/hs_err_%p.log \
    -XX:ThreadPriorityPolicy=1 \
    -XX:CompilerThreadPriority=10 \
    -Djava.util.concurrent.ForkJoinPool.common.parallelism=4 \
    --sun-misc-unsafe-memory-access=allow \
    > jvm.options

# Bash is in every Debian and Ubuntu image, curl and wget are not.
RUN printf '%s\n' \
    'host=${IP_MANAGEMENT_HOST:-127.0.0.1}; [[ $host == 0.0.0.0 || $host == :: ]] && host=127.0.0.1' \
    'exec 3<>"/dev/tcp/$host/${IP_MANAGEMENT_PORT:-8081}" || exit 1' \
    'printf "GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n" >&3' \
    'read -r -t 2 _ status _ <&3 && [[ $status == 20[04] ]] || exit 1' \
    > healthy

COPY LICENSE cluster.xml ./
COPY conf conf/
COPY --from=build /src/target/interaction-processor.jar ./

# In a container loopback is nobody's. The management port and the cluster's stay there until they are told otherwise.
ENV IP_HTTP_HOST=0.0.0.0

# A node that starts from a cache of its loaded classes is up sooner. This one starts alone and lives until it is ready, or
# for 60 s; it writes the cache when SIGTERM ends it. The cache must be made with the options and from the directory that
# it is used with.
RUN java @jvm.options -XX:AOTCacheOutput=node.aot -jar interaction-processor.jar node >/tmp/training 2>&1 & \
    node=$!; \
    for second in $(seq 60); do grep -q '^ready ' /tmp/training && bash healthy && break; kill -0 $node || break; sleep 1; done; \
    kill -TERM $node 2>/dev/null; wait $node; \
    grep -q '^ready ' /tmp/training && test -s node.aot && chmod a+r node.aot || { cat /tmp/training; exit 1; }; \
    rm -rf /tmp/*

# Nothing in /app is its own to change.
USER 10001:10001

# Desktops, management, cluster. The event bus takes a free port: nodes in one network need not be told.
EXPOSE 8080 8081 5701
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s CMD ["bash", "/app/healthy"]

ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=node.aot", "-jar", "interaction-processor.jar"]
CMD ["node"]
