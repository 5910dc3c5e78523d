package org.crucis.junit;

import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.crucis.claim.Roster;
import org.crucis.claim.Tier;
import org.crucis.lab.ClaimPlan;
import org.crucis.lab.PlanException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** All claims of a place on the class path, by id. */
public final class Catalogue {

    private final Map<String, Class<?>> claims;

    private Catalogue(Map<String, Class<?>> claims) {
        this.claims = claims;
    }

    /** The claims that come with this program. */
    public static Catalogue shipped() {
        return in(List.of(origin(Catalogue.class)));
    }

    static Catalogue in(Collection<URI> roots) {
        List<Class<?>> found = new ArrayList<>();
        for (URI root : roots) {
            found.addAll(ReflectionSupport.findAllClassesInClasspathRoot(
                    root, type -> isClaim(type), name -> !name.endsWith("package-info")));
        }
        Map<String, Class<?>> claims = new LinkedHashMap<>();
        found.stream().sorted(Comparator.comparing(PlanReader::id)).forEach(type -> {
            Class<?> twin = claims.put(PlanReader.id(type), type);
            if (twin != null) {
                throw new PlanException("two claims share the id " + PlanReader.id(type) + ": " + twin.getName()
                        + " and " + type.getName());
            }
        });
        return new Catalogue(claims);
    }

    /** Nested classes are samples of tests, not claims of a suite. */
    private static boolean isClaim(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && !type.isMemberClass()
                && AnnotationSupport.isAnnotated(type, Claim.class);
    }

    static URI origin(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot tell where " + type + " was loaded from", e);
        }
    }

    public List<String> ids() {
        return List.copyOf(claims.keySet());
    }

    /** @throws IllegalArgumentException for an id that no claim has; the message offers the nearest ones */
    public Class<?> claim(String id) {
        Class<?> claim = claims.get(id);
        if (claim == null) {
            List<String> near = claims.keySet().stream()
                    .filter(known -> known.contains(id) || known.endsWith("/" + id))
                    .toList();
            throw new IllegalArgumentException("there is no claim '" + id + "'; "
                    + (near.isEmpty() ? "'list' shows them all" : "did you mean " + String.join(" or ", near) + "?"));
        }
        return claim;
    }

    Collection<Class<?>> classes() {
        return claims.values();
    }

    /**
     * The plan of a claim.
     *
     * @throws PlanException when the claim cannot be planned
     */
    public ClaimPlan plan(String id, Tier tier, int edition) {
        return PlanReader.read(claim(id), tier, edition);
    }

    /** The papers of these claims, in the order of their ids. */
    static List<Roster.PaperEntry> papers(Collection<Class<?>> claims) {
        return claims.stream()
                .sorted(Comparator.comparing(PlanReader::paper))
                .map(claim -> claim.getPackage())
                .distinct()
                .map(Catalogue::paper)
                .toList();
    }

    private static Roster.PaperEntry paper(Package paper) {
        String id = paper.getName().substring(paper.getName().lastIndexOf('.') + 1);
        return Optional.ofNullable(paper.getAnnotation(Paper.class))
                .map(found -> new Roster.PaperEntry(
                        id,
                        found.title(),
                        found.authors(),
                        found.year(),
                        found.arxiv(),
                        found.about().strip()))
                .orElse(new Roster.PaperEntry(id, id, "", 0, "", ""));
    }
}
