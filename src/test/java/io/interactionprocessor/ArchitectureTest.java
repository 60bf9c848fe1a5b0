package io.interactionprocessor;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.never;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may know whom. The table is the design's, row by row: change both or neither. */
class ArchitectureTest {
    private static final String ROOT = "io.interactionprocessor";
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final int LONGEST_FILE = 400;

    private static final String VERTX = "io.vertx.core..";
    private static final String WEB = "io.vertx.ext.web..";
    private static final String LOG = "org.slf4j..";
    private static final String[] HAZELCAST = {"com.hazelcast..", "io.vertx.spi.cluster.hazelcast.."};

    private static final List<Row> TABLE = List.of(
            row("model"),
            row("protocol").knows("model").uses("com.fasterxml.jackson.."),
            row("session").knows("model", "protocol"),
            // a connector's own side and its switch speak HTTP; the SPI itself must not (see below)
            row("cti").knows("model").uses(VERTX, LOG, WEB),
            row("cluster")
                    .knows("model", "protocol", "session")
                    .uses(VERTX, LOG)
                    .uses(HAZELCAST)
                    .uses("org.w3c.dom.."),
            row("gateway").knows("model", "protocol").uses(VERTX, LOG, WEB, "io.netty.."),
            row("auth").knows("model").uses(VERTX, LOG, "io.vertx.ext.auth.."),
            row("config").knows("model").uses("org.yaml.snakeyaml.."),
            row("ops")
                    .knows("model")
                    .uses(VERTX, LOG, WEB)
                    .uses("io.vertx.ext.healthchecks..", "io.micrometer..", "io.vertx.micrometer.."),
            row("client").knows("model", "protocol").uses(VERTX, LOG),
            row("nodes"),
            tool("demo").knows("nodes"),
            tool("torture").knows("nodes"),
            tool("bench").knows("nodes"));

    private static final String[] PURE = packages("model", "protocol", "session");

    /** Time, chance and new ids, which the pure core gets through its ports. */
    private static final Pattern IMPURE = Pattern.compile(String.join(
            "|",
            "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(\\)",
            "java\\.time\\.Clock\\.(system|tick[A-Z]).*",
            "java\\.time\\.\\w+\\.now\\((?!java\\.time\\.Clock).*",
            "java\\.lang\\.(Strict)?Math\\.random\\(\\)",
            "java\\.util\\.UUID\\.randomUUID\\(\\)",
            "java\\.security\\.SecureRandom\\..*",
            "java\\.util\\.concurrent\\.ThreadLocalRandom\\.current\\(\\)",
            "java\\.util\\.(Splittable)?Random\\.<init>\\(\\)"));

    private static final JavaClasses PRODUCT =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages(ROOT);

    @Test
    void theRulesSeeTheWholeProduct() throws IOException {
        List<String> sources = sources()
                .filter(file -> !file.endsWith("package-info.java"))
                .map(file -> SOURCES.relativize(file).toString().replaceFirst("\\.java$", ""))
                .map(name -> name.replace('/', '.').replace('\\', '.'))
                .toList();

        assertThat(sources).contains(ROOT + ".Main");
        assertThat(PRODUCT.stream().map(JavaClass::getName)).containsAll(sources);
    }

    @TestFactory
    Stream<DynamicTest> aPackageKnowsOnlyWhatItsRowAllows() {
        return TABLE.stream()
                .map(row -> DynamicTest.dynamicTest(row.name(), () -> row.rule().check(PRODUCT)));
    }

    @Test
    void everyPackageHasItsRow() {
        String[] rows = packages(TABLE.stream().map(Row::name).toArray(String[]::new));
        classes()
                .that(resideOutsideOfPackages(ROOT))
                .should()
                .resideInAnyPackage(rows)
                .allowEmptyShould(true)
                .check(PRODUCT);
    }

    @Test
    void hazelcastOnlyInTheCluster() {
        noClasses()
                .that(resideOutsideOfPackages(packages("cluster")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(HAZELCAST))
                .check(PRODUCT);
    }

    @Test
    void httpOnlyAtTheEdges() {
        noClasses()
                .that(resideOutsideOfPackages(
                        packages("gateway", "ops", "cti.*", "client", "demo", "torture", "bench")))
                // wires the simulated switch's own side to the management port
                .and(not(belongToAnyOf(SwitchLinks.class, Node.class)))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.vertx.core.http..", WEB))
                .check(PRODUCT);
    }

    @Test
    void timeChanceAndIdsComeThroughPorts() {
        noTimeOrChanceIn(PURE).check(PRODUCT);
    }

    @Test
    void noCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PRODUCT);
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(PRODUCT);
    }

    @Test
    void aPackageIsNamedForWhatItIsAbout() {
        noClasses()
                .should()
                .resideInAnyPackage("..impl..", "..dto..", "..util..", "..utils..", "..manager..", "..helper..")
                .check(PRODUCT);
    }

    @Test
    void noFileIsTooLongToRead() throws IOException {
        assertThat(sources())
                .allSatisfy(file ->
                        assertThat(Files.readAllLines(file)).as("%s", file).hasSizeLessThanOrEqualTo(LONGEST_FILE));
    }

    @Test
    void theRulesCanFail() {
        JavaClasses specimens = new ClassFileImporter().importClasses(ArchitectureTest.class, Impure.class);

        assertThat(onlyKnows(ROOT, "java..")
                        .evaluate(specimens)
                        .getFailureReport()
                        .toString())
                .contains("com.tngtech.archunit", "org.junit");
        assertThat(noTimeOrChanceIn(ROOT).evaluate(specimens).getFailureReport().getDetails())
                .hasSize(Impure.class.getDeclaredFields().length);
    }

    /** What the core must not do, once in each of the ways to do it. */
    static final class Impure {
        final long millis = System.currentTimeMillis();
        final LongSupplier nanos = System::nanoTime;
        final Instant now = Instant.now();
        final Clock clock = Clock.systemUTC();
        final double chance = Math.random();
        final Random unseeded = new Random();
        final Random secure = new SecureRandom();
        final Random shared = ThreadLocalRandom.current();
        final UUID id = UUID.randomUUID();
    }

    private static ArchRule noTimeOrChanceIn(String... packages) {
        return classes()
                .that(resideInAnyPackage(packages))
                .should(never(accessTargetWhere(describe(
                        "is a source of time or chance",
                        (JavaAccess<?> access) ->
                                IMPURE.matcher(signature(access.getTarget())).matches()))))
                .allowEmptyShould(true);
    }

    /** With the arguments: what takes a clock or a seed from its caller is pure. */
    private static String signature(AccessTarget target) {
        String arguments = target instanceof CodeUnitAccessTarget code
                ? code.getRawParameterTypes().stream().map(JavaClass::getName).collect(joining(",", "(", ")"))
                : "";
        return target.getOwner().getName() + "." + target.getName() + arguments;
    }

    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        }
    }

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(name -> ROOT + "." + name + "..").toArray(String[]::new);
    }

    private static ArchRule onlyKnows(String aPackage, String... allowed) {
        return classes()
                .that(resideInAnyPackage(aPackage))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed))
                .allowEmptyShould(true);
    }

    private static Row row(String name) {
        return new Row(name, List.of("java..", "javax..")).knows(name);
    }

    private static Row tool(String name) {
        return row(name)
                .knows("client", "protocol", "model", "config")
                .uses(VERTX, LOG, "picocli..", "org.HdrHistogram..");
    }

    private record Row(String name, List<String> allowed) {
        Row knows(String... ours) {
            return uses(packages(ours));
        }

        Row uses(String... libraries) {
            return new Row(
                    name,
                    Stream.concat(allowed.stream(), Arrays.stream(libraries)).toList());
        }

        ArchRule rule() {
            return onlyKnows(ROOT + "." + name + "..", allowed.toArray(String[]::new));
        }
    }
}
