package org.crucis.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.contrastsecurity.sarif.PhysicalLocation;
import com.contrastsecurity.sarif.ReportingDescriptor;
import com.contrastsecurity.sarif.Result;
import com.contrastsecurity.sarif.Run;
import com.contrastsecurity.sarif.SarifSchema210;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.crucis.claim.Evidence;
import org.crucis.claim.EvidenceFolder;
import org.crucis.claim.Roster;
import org.crucis.claim.Verdict;
import org.crucis.junit.Catalogue;
import org.junit.jupiter.api.Test;

/**
 * Oracle: classes that were generated from the schema of SARIF 2.1.0. They take no property and no word that the schema does not
 * have; what it demands is looked for here.
 */
class SarifTest {

    private static Run log(List<Evidence> evidence, List<String> problems) throws JsonProcessingException {
        Joined run = Joined.of(new EvidenceFolder.Contents(
                Optional.of(SampleRun.roster(Roster.Selection.WHOLE, evidence)), evidence, problems));
        SarifSchema210 log = new ObjectMapper().readValue(new Sarif(run).json(), SarifSchema210.class);
        assertThat(log.getVersion()).isEqualTo(SarifSchema210.Version._2_1_0);
        assertThat(log.get$schema())
                .hasScheme("https")
                .hasPath("/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
        return log.getRuns().get(0);
    }

    private static String told(Result result) {
        return result.getRuleId() + " " + result.getLevel().value();
    }

    /** Oracle: the sample counted by hand. */
    @Test
    void whatDoesNotHoldIsAResultAndEachClaimIsARule() throws JsonProcessingException {
        Run run = log(SampleRun.evidence(), List.of());

        List<ReportingDescriptor> rules = List.copyOf(run.getTool().getDriver().getRules());
        assertThat(run.getTool().getDriver().getName()).isEqualTo("Crucis");
        assertThat(rules).hasSize(6).allSatisfy(rule -> {
            assertThat(rule.getShortDescription().getText()).isNotBlank();
            assertThat(rule.getFullDescription().getText()).isNotBlank();
            assertThat(rule.getHelp().getText()).contains("crucis.jar run " + rule.getId());
        });
        assertThat(run.getResults().stream().map(SarifTest::told))
                .containsExactlyInAnyOrder(
                        SampleRun.INCONCLUSIVE + " warning",
                        SampleRun.VOID + " error",
                        SampleRun.LOST + " error",
                        SampleRun.REFUTED + " error");
        assertThat(run.getResults()).allSatisfy(result -> {
            assertThat(rules.get(result.getRuleIndex()).getId()).isEqualTo(result.getRuleId());
            assertThat(result.getLocations()).hasSize(1);
        });
        assertThat(run.getInvocations().get(0).getExecutionSuccessful()).isTrue();
    }

    @Test
    void aResultSaysWhyAndWhere() throws JsonProcessingException {
        Result refuted = log(SampleRun.evidence(), List.of()).getResults().stream()
                .filter(result -> result.getRuleId().equals(SampleRun.REFUTED))
                .findFirst()
                .orElseThrow();

        assertThat(refuted.getMessage().getText())
                .isEqualTo(
                        "REFUTED: Kernel drift of ReLU networks shrinks like 1/width: exponent of drift in width: -0.49"
                                + " [-0.55, -0.43] on widths 512 to 4096");
        PhysicalLocation place = refuted.getLocations().get(0).getPhysicalLocation();
        assertThat(place.getArtifactLocation().getUri())
                .isEqualTo("reproductions/lee2019/ReluDriftIsInverseWidth.java");
        assertThat(place.getArtifactLocation().getUriBaseId()).isEqualTo("%SRCROOT%");
        assertThat(place.getRegion().getStartLine()).isEqualTo(1);
    }

    @Test
    void aRunWithoutAFlawHasAnEmptyListOfResults() throws JsonProcessingException {
        List<Evidence> good = SampleRun.evidence().stream()
                .filter(each -> each.verdict() == Verdict.SUPPORTED)
                .toList();
        Joined run = Joined.of(new EvidenceFolder.Contents(Optional.empty(), good, List.of()));

        assertThat(new ObjectMapper()
                        .readTree(new Sarif(run).json())
                        .at("/runs/0/results")
                        .toString())
                .isEqualTo("[]");
    }

    @Test
    void whatCouldNotBeReadIsANotificationAndBracesAreNoPlaces() throws JsonProcessingException {
        Run run = log(SampleRun.evidence(), List.of("a {0} in [a](b)"));

        assertThat(run.getInvocations().get(0).getExecutionSuccessful()).isFalse();
        assertThat(run.getInvocations().get(0).getToolExecutionNotifications())
                .singleElement()
                .satisfies(each -> assertThat(each.getMessage().getText()).isEqualTo("a {{0}} in [a] (b)"));
    }

    @Test
    void everyClaimOfTheSuiteHasItsSourceThere() throws JsonProcessingException {
        for (String id : Catalogue.shipped().ids()) {
            Evidence evidence = SampleRun.claim(id, id, "", "", List.of(), List.of(), Verdict.VOID, "broken");
            Result result = log(List.of(evidence), List.of()).getResults().stream()
                    .filter(each -> each.getRuleId().equals(id))
                    .findFirst()
                    .orElseThrow();

            assertThat(Path.of(result.getLocations()
                            .get(0)
                            .getPhysicalLocation()
                            .getArtifactLocation()
                            .getUri()))
                    .isRegularFile();
        }
    }
}
