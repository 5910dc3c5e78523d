package org.crucis.claim;

/** Evidence as it is left where only one prediction of a claim was run: its plan is whole, its seal is to be set anew. */
public final class Partial {

    private Partial() {}

    public static Evidence of(String prediction, Evidence whole) {
        return new Evidence(
                whole.schemaVersion(),
                whole.paper(),
                whole.claim(),
                whole.title(),
                whole.source(),
                whole.statement(),
                whole.symbols(),
                whole.tier(),
                whole.hypotheses(),
                whole.plan(),
                whole.predictions().stream()
                        .filter(entry -> entry.of().equals(prediction))
                        .toList(),
                whole.verdict(),
                whole.problem(),
                "",
                whole.cost(),
                whole.provenance());
    }
}
