package org.crucis.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.crucis.network.Activation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An activation by its name in lower case. */
final class ActivationConverter implements ITypeConverter<Activation> {

    @Override
    public Activation convert(String name) {
        return Arrays.stream(Activation.values())
                .filter(candidate -> candidate.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("There is no activation '" + name + "': choose one of "
                        + Arrays.stream(Activation.values())
                                .map(ActivationConverter::word)
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    private static String word(Activation activation) {
        return activation.name().toLowerCase(Locale.ROOT);
    }
}
