using System.CommandLine;
using Spectre.Console;
using Verification.Gate.Doctor;
using Verification.Objectives;

namespace Verification.Gate.Commands;

/// <summary><c>verify doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Make(Invoker invoke)
    {
        var command = new Command(
            "doctor",
            """
            Say what this machine can and can't do, and what to do about it. Exit code 0 if a gate can run here, else 4.

            Example:
              ./verify doctor
            """
        );
        command.SetAction(
            (_, _) =>
                invoke(async context =>
                {
                    var findings = await new Examination(context.Root).RunAsync(context.Ended).ConfigureAwait(false);
                    FindingTable.Print(context.Progress.Console, findings);
                    var able = findings.All(finding => finding.Ok || !finding.Needed);
                    context.Progress.Console.WriteLine(able ? "A gate can run here." : "A gate can't run here.");
                    return able ? ExitCodes.Pass : ExitCodes.Machine;
                })
        );
        return command;
    }
}
