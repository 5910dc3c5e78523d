package org.crucis;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URL;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.crucis.claim.Verdict;

/** The house: which room may know which. Reproductions are compiled beside it; in them alone the two wings meet. */
@AnalyzeClasses(locations = ArchitectureTest.Program.class)
class ArchitectureTest {

    /** Where the program's own classes lie, reproductions among them. */
    static final class Program implements LocationProvider {

        static final URL ROOT =
                Verdict.class.getProtectionDomain().getCodeSource().getLocation();

        @Override
        public Set<Location> get(Class<?> testClass) {
            return Set.of(Location.of(ROOT));
        }
    }

    private static final DescribedPredicate<JavaClass> A_REPRODUCTION = resideOutsideOfPackage("org.crucis..")
            .and(DescribedPredicate.describe(
                    "compiled beside the program",
                    type -> type.getSource()
                            .map(source -> source.getUri())
                            .filter(place -> place.getScheme().equals("file"))
                            .map(place -> place.getPath().startsWith(Program.ROOT.getPath()))
                            .orElse(false)))
            .as("a reproduction");

    private static String[] rooms(String... names) {
        return Arrays.stream(names).map(name -> "org.crucis." + name + "..").toArray(String[]::new);
    }

    /** Of our rooms a room may know these and itself. */
    private static ArchRule knows(String room, String... others) {
        String[] allowed = Stream.concat(Stream.of(room), Stream.of(others)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage("org.crucis." + room + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("org.crucis..")
                        .and(DescribedPredicate.not(A_REPRODUCTION))
                        .or(resideInAnyPackage(rooms(allowed))))
                .as("of our rooms " + room + " knows " + String.join(", ", allowed) + " and no other");
    }

    // ---- the checker ---------------------------------------------------------------------------------------------

    @ArchTest
    static final ArchRule claim = knows("claim");

    @ArchTest
    static final ArchRule severity = knows("severity", "claim");

    @ArchTest
    static final ArchRule statistics = knows("statistics", "severity", "claim");

    @ArchTest
    static final ArchRule lab = knows("lab", "statistics", "claim");

    @ArchTest
    static final ArchRule engine = knows("engine", "lab", "claim");

    @ArchTest
    static final ArchRule ledger = knows("ledger", "lab", "claim");

    @ArchTest
    static final ArchRule junit = knows("junit", "engine", "ledger", "lab", "statistics", "severity", "claim");

    @ArchTest
    static final ArchRule report = knows("report", "severity", "claim");

    // ---- the instruments -----------------------------------------------------------------------------------------

    @ArchTest
    static final ArchRule data = knows("data");

    @ArchTest
    static final ArchRule network = knows("network");

    @ArchTest
    static final ArchRule training = knows("training", "network");

    @ArchTest
    static final ArchRule kernel = knows("kernel", "network");

    @ArchTest
    static final ArchRule feature = knows("feature", "network");

    // ---- above and beside ----------------------------------------------------------------------------------------

    @ArchTest
    static final ArchRule theWingsMeetInReproductionsOnly = noClasses()
            .that()
            .resideInAnyPackage(rooms("data", "network", "training", "kernel", "feature"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    rooms("claim", "severity", "statistics", "lab", "engine", "ledger", "junit", "report")));

    /** It holds the instruments of both wings against second routes. */
    @ArchTest
    static final ArchRule routes =
            knows("routes", "data", "network", "training", "kernel", "feature", "statistics", "severity", "claim");

    /** What a paper asks of data and promises for them; in the paper's package both wings are known anyway. */
    @ArchTest
    static final ArchRule theorem = knows("theorem", "data", "network", "kernel", "claim");

    @ArchTest
    static final ArchRule onlyTheCommandLineComparesRoutes = noClasses()
            .that()
            .resideOutsideOfPackages("org.crucis.command..", "org.crucis.routes..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.crucis.routes.."));

    @ArchTest
    static final ArchRule commandStandsAboveAll = noClasses()
            .that()
            .resideOutsideOfPackage("org.crucis.command..")
            .should()
            .dependOnClassesThat(resideInAPackage("org.crucis.command.."));

    @ArchTest
    static final ArchRule theProgramKnowsNoReproduction =
            noClasses().that().resideInAPackage("org.crucis..").should().dependOnClassesThat(A_REPRODUCTION);

    @ArchTest
    static final ArchRule roomsFormNoCircle =
            slices().matching("org.crucis.(*)..").should().beFreeOfCycles();

    // ---- habits --------------------------------------------------------------------------------------------------

    @ArchTest
    static final ArchRule noClassCollectsLeftovers =
            noClasses().should().haveSimpleNameEndingWith("Util").orShould().haveNameMatching(".*(Utils|Helpers?)");

    @ArchTest
    static final ArchRule onlyTheCommandLinePrintsAndExits = noClasses()
            .that()
            .resideOutsideOfPackage("org.crucis.command..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethodWhere(DescribedPredicate.describe(
                    "it prints a stack trace",
                    (JavaCall<?> call) -> call.getName().equals("printStackTrace")));

    /** Streams come from outside, by name: see {@code Trial.random}. */
    @ArchTest
    static final ArchRule noStateOfChanceIsShared = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)"
                    + "|java\\.security\\.SecureRandom")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethodWhere(DescribedPredicate.describe(
                    "it draws from ND4J's global generator",
                    (JavaCall<?> call) -> call.getTargetOwner().getName().equals("org.nd4j.linalg.factory.Nd4j")
                            && call.getName()
                                    .matches("getRandom.*|rand|randn|randomBernoulli|randomBinomial"
                                            + "|randomExponential|choice|shuffle")));

    @ArchTest
    static void theRulesSeeTheWholeProgram(JavaClasses program) {
        assertThat(program.stream()
                        .filter(resideInAPackage("org.crucis.*"))
                        .map(type -> type.getPackageName().replace("org.crucis.", "")))
                .contains(
                        "claim",
                        "statistics",
                        "lab",
                        "junit",
                        "report",
                        "command",
                        "routes",
                        "theorem",
                        "data",
                        "network",
                        "training",
                        "kernel",
                        "feature");
        assertThat(program.stream().filter(A_REPRODUCTION)).isNotEmpty();
    }
}
