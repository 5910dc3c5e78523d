package org.crucis.junit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.crucis.claim.Evidence;
import org.crucis.claim.Roster;
import org.crucis.claim.Tier;
import org.crucis.claim.Verdict;
import org.crucis.lab.ClaimPlan;
import org.crucis.lab.ClaimRun;
import org.crucis.lab.Lab;
import org.crucis.lab.PlanException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Plans a claim before its first prediction, runs and decides each prediction in its turn, writes the evidence last. */
final class ClaimExtension
        implements BeforeAllCallback,
                TestInstancePreConstructCallback,
                ParameterResolver,
                InvocationInterceptor,
                AfterAllCallback {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(ClaimExtension.class);

    /** What became of the plan of a claim. */
    private sealed interface Planned permits Ready, Unplannable {}

    private record Ready(ClaimRun run) implements Planned {}

    private record Unplannable(String problem) implements Planned {}

    @Override
    public void beforeAll(ExtensionContext context) {
        Session session = session(context);
        Settings settings = session.settings();
        Planned planned;
        try {
            ClaimPlan plan = PlanReader.read(context.getRequiredTestClass(), settings.tier(), settings.edition());
            planned = new Ready(new ClaimRun(plan, session.engine(), session.progress()));
        } catch (PlanException e) {
            planned = new Unplannable(e.getMessage());
        }
        context.getStore(OURS).put("plan", planned);
    }

    /** A claim that cannot be planned can often not be constructed either; then this is the sentence to read. */
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        failIfUnplannable(planned(context));
    }

    private static void failIfUnplannable(Planned planned) {
        if (planned instanceof Unplannable unplannable) {
            throw new AssertionFailedError("VOID: " + unplannable.problem());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    /** The plan has been read already; this lab only fills the parameter. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Lab();
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        invocation.skip();
        Planned planned = planned(context);
        failIfUnplannable(planned);
        if (planned instanceof Ready ready) {
            List<Evidence.Entry> entries =
                    ready.run().judge(method.getExecutable().getName());
            report(entries.get(0), method.getExecutable());
        }
    }

    private static void report(Evidence.Entry finding, Method method) {
        Verdict verdict = Verdict.valueOf(finding.verdict());
        String message = verdict + ": " + finding.prediction() + ". Found: " + finding.sentence();
        RegisteredRefutation registered = method.getAnnotation(RegisteredRefutation.class);
        if (registered != null) {
            if (registered.confirmedIn() != Tier.FULL) {
                throw new AssertionFailedError(
                        "a refutation is registered when it is confirmed in the full tier, not in the "
                                + registered.confirmedIn() + " one. " + message);
            }
            if (verdict != Verdict.REFUTED) {
                throw new AssertionFailedError(
                        "the refutation registered on " + registered.date() + " no longer stands. " + message);
            }
            return;
        }
        boolean counts = finding.basis().carriesVerdict();
        switch (verdict) {
            case SUPPORTED -> {}
            case VOID -> throw new AssertionFailedError(message);
            case REFUTED -> {
                if (counts) {
                    throw new AssertionFailedError(message);
                }
                throw new TestAbortedException("pilot band, not counted. " + message);
            }
            case INCONCLUSIVE, NOT_APPLICABLE -> throw new TestAbortedException(message);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Planned planned = planned(context);
        if (planned == null) {
            // The run could not be set up; that has been reported.
            return;
        }
        Session session = session(context);
        Evidence evidence = planned instanceof Ready ready
                ? ready.run().evidence(session.provenance())
                : unplannable(context.getRequiredTestClass(), ((Unplannable) planned).problem(), session);
        session.log().judged(session.evidence().write(evidence));
    }

    private static Evidence unplannable(Class<?> claim, String problem, Session session) {
        Claim annotation = PlanReader.annotation(claim);
        return new Evidence(
                Evidence.SCHEMA_VERSION,
                PlanReader.paper(claim),
                PlanReader.id(claim),
                annotation.title(),
                annotation.source(),
                annotation.statement().strip(),
                annotation.symbols(),
                session.settings().tier(),
                List.of(),
                new Evidence.Plan(List.of(), List.of(), "", session.settings().edition(), ""),
                List.of(),
                Verdict.VOID,
                problem,
                "",
                Evidence.Cost.NONE,
                session.provenance());
    }

    private static Planned planned(ExtensionContext context) {
        return context.getStore(OURS).get("plan", Planned.class);
    }

    private static Session session(ExtensionContext context) {
        ExtensionContext.Store launcher =
                context.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, SuiteListener.OURS);
        SuiteListener.Suite suite = launcher.get(SuiteListener.SUITE, SuiteListener.Suite.class);
        if (suite != null && !suite.problem().isEmpty()) {
            throw new IllegalStateException(suite.problem());
        }
        ProgressView view = launcher.getOrDefault(SuiteListener.VIEW, ProgressView.class, ProgressLog.LOG_LINES);
        Opened opened = context.getStore(ExtensionContext.StoreScope.EXECUTION_REQUEST, OURS)
                .computeIfAbsent(
                        Opened.class,
                        key -> {
                            try {
                                return new Opened(
                                        new Session(
                                                suite == null
                                                        ? Settings.read(context::getConfigurationParameter)
                                                        : suite.settings().orElseThrow(),
                                                suite == null ? Roster.Selection.SELECTED : suite.selection(),
                                                suite == null ? Map.of() : suite.firstLooks(),
                                                view),
                                        null);
                            } catch (RuntimeException e) {
                                return new Opened(null, e);
                            }
                        },
                        Opened.class);
        if (opened.failure() != null) {
            throw opened.failure();
        }
        return opened.session();
    }

    /**
     * The session of a run, or why it cannot be opened: a cluster that is gone is not asked again for each claim.
     *
     * @param failure null when there is a session
     */
    private record Opened(Session session, RuntimeException failure) implements AutoCloseable {
        @Override
        public void close() {
            if (session != null) {
                session.close();
            }
        }
    }
}
