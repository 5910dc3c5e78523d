package org.crucis.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How the end of a process is told; the reports are those that HotSpot 17 prints. */
class DeathTest {

    private static List<String> report(String signal, String frame) {
        return List.of(
                "#",
                "# A fatal error has been detected by the Java Runtime Environment:",
                "#",
                "#  " + signal,
                "#",
                "# JRE version: OpenJDK Runtime Environment (17.0.15+6) (build 17.0.15+6)",
                "# Java VM: OpenJDK 64-Bit Server VM (17.0.15+6, mixed mode, sharing, tiered, linux-amd64)",
                "# Problematic frame:",
                "# " + frame,
                "#");
    }

    @Test
    void aCrashNamesItsSignalAndItsLibrary() {
        assertThat(new Death(
                                134,
                                report(
                                        "SIGSEGV (0xb) at pc=0x00007f5c0f8c1d30, pid=21, tid=22",
                                        "C  [libopenblas.so.0+0x1d30]  dgemm_kernel_HASWELL+0x45"))
                        .sentence())
                .isEqualTo("took its process down: SIGSEGV in libopenblas.so.0; exit code 134");
    }

    @Test
    void theSameCrashAtOtherAddressesIsToldInTheSameWords() {
        Death one =
                new Death(134, report("SIGBUS (0x7) at pc=0x01, pid=1, tid=2", "J 21 c1 a.B.c()V (8 bytes) @ 0x02"));
        Death other = new Death(134, report("SIGBUS (0x7) at pc=0x03, pid=4, tid=5", "j  a.B.d()V+7"));
        assertThat(one.sentence())
                .isEqualTo(other.sentence())
                .isEqualTo("took its process down: SIGBUS in Java code; exit code 134");
    }

    @Test
    void anErrorOfTheVirtualMachineIsNoSignal() {
        assertThat(new Death(
                                134,
                                report(
                                        "Internal Error (sharedRuntime.cpp:553), pid=6, tid=7",
                                        "V  [libjvm.so+0xd1]  SharedRuntime::raw_exception_handler()+0x1"))
                        .sentence())
                .isEqualTo("took its process down: internal error of the JVM in libjvm.so; exit code 134");
    }

    @Test
    void noMemoryForTheVirtualMachineIsNoCrash() {
        assertThat(new Death(
                                1,
                                List.of(
                                        "#",
                                        "# There is insufficient memory for the Java Runtime Environment to continue.",
                                        "# Native memory allocation (mmap) failed to map 16384 bytes for committing"
                                                + " reserved memory."))
                        .sentence())
                .isEqualTo("took its process down: the JVM found no more memory; exit code 1");
    }

    @Test
    void whatTheJvmDoesNotReportTheExitCodeTells() {
        assertThat(new Death(137, List.of()).sentence())
                .isEqualTo("had its process killed from outside (SIGKILL), perhaps for lack of memory; exit code 137");
        assertThat(new Death(143, List.of()).sentence())
                .isEqualTo("had its process stopped from outside (SIGTERM); exit code 143");
        assertThat(new Death(134, List.of()).sentence()).isEqualTo("took its process down: SIGABRT; exit code 134");
        assertThat(new Death(3, List.of()).sentence()).isEqualTo("ended its process; exit code 3");
    }

    @Test
    void onlySignalsThatStopAWholeGroupAreStops() {
        assertThat(List.of(129, 130, 143)).allMatch(code -> new Death(code, List.of()).isStop());
        assertThat(List.of(0, 1, 134, 137, 139)).noneMatch(code -> new Death(code, List.of()).isStop());
    }
}
