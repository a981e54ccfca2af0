using Verification.Infrastructure.Plans;
using Verification.Infrastructure.Terraform;

namespace Verification.Infrastructure.Environments;

/// <summary>An environment of the project, with its very modules and values, in the simulator's cloud.</summary>
/// <param name="folder">Its folder in a copy that belongs to the run.</param>
/// <param name="targets">The modules that are meant; none for all of it.</param>
public sealed class SimulatedEnvironment(TerraformFolder folder, IReadOnlyList<string> targets)
{
    private readonly IReadOnlyList<string> relaxed = RelaxedVariables.OptionsOf(folder.Folder);
    private readonly IReadOnlyList<string> targeted = [.. targets.Select(target => $"-target={target}")];

    /// <summary>Prepares one.</summary>
    /// <param name="terraform">The program.</param>
    /// <param name="copy">The copy of the project's Terraform.</param>
    /// <param name="name">Name of the environment.</param>
    /// <param name="targets">The modules that are meant; none for all of it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TerraformUnavailableException">The provider can't be had.</exception>
    /// <exception cref="TerraformRefusedException">Terraform can't use what its files say.</exception>
    public static async Task<SimulatedEnvironment> PrepareAsync(
        TerraformProgram terraform,
        string copy,
        string name,
        IReadOnlyList<string> targets,
        CancellationToken cancellationToken
    )
    {
        var folder = new TerraformFolder(terraform, Path.Combine(copy, "environments", name));
        // Terraform merges a file of this name into the others: the rest of the environment stays what it is.
        File.Copy(Path.Combine(copy, TerraformFolders.Override), Path.Combine(folder.Folder, "simulator_override.tf"), overwrite: true);
        await folder.InitAsync(cancellationToken).ConfigureAwait(false);
        return new SimulatedEnvironment(folder, targets);
    }

    /// <summary>Plans and applies it.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AppliedResources> ApplyAsync(CancellationToken cancellationToken)
    {
        var plan = await folder.PlanAsync([.. relaxed, .. targeted], cancellationToken).ConfigureAwait(false);
        if (plan.ExitCode != 0)
            return new AppliedResources(0, 0, plan.Errors);
        var planned = PlanReader.Read(await folder.ShowPlanAsync(cancellationToken).ConfigureAwait(false));
        var applied = await folder.ApplyAsync(cancellationToken).ConfigureAwait(false);
        return new AppliedResources(
            planned.Count,
            applied.Lines.Count(line => line.Type == "apply_complete" && line.TextAt("hook", "action") == "create"),
            applied.Errors
        );
    }

    /// <summary>Plans it with its own values, as if nothing were there.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The resources as they are planned.</returns>
    /// <exception cref="TerraformRefusedException">It can't be planned.</exception>
    public async Task<IReadOnlyList<DescribedResource>> PlanAsItIsAsync(CancellationToken cancellationToken)
    {
        var plan = await folder.PlanAsync([], cancellationToken).ConfigureAwait(false);
        return plan.ExitCode == 0
            ? DescribedResource.Read(await folder.ShowPlanAsync(cancellationToken).ConfigureAwait(false))
            : throw new TerraformRefusedException($"the plan of {folder.Name}: {string.Join(" | ", plan.Errors)}");
    }

    /// <summary>The resources as they were applied.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<DescribedResource>> StateAsync(CancellationToken cancellationToken) =>
        DescribedResource.Read((await folder.RunAsync(["show", "-json"], cancellationToken).ConfigureAwait(false)).Output);

    /// <summary>One of its outputs as it was applied, a text.</summary>
    /// <param name="name">Name of the output.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TerraformRefusedException">It has no such output.</exception>
    public async Task<string> OutputAsync(string name, CancellationToken cancellationToken)
    {
        var told = await folder.RunAsync(["output", "-no-color", "-raw", name], cancellationToken).ConfigureAwait(false);
        return told.ExitCode == 0
            ? told.Output
            : throw new TerraformRefusedException($"{folder.Name} tells no {name}: {told.Output} ({told.Log})");
    }

    /// <summary>Plans it again: what would be changed although nobody has changed anything.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TerraformRefusedException">It can't be planned any longer.</exception>
    public async Task<IReadOnlyList<PlannedChange>> PlanAgainAsync(CancellationToken cancellationToken)
    {
        var plan = await folder.PlanAsync([.. relaxed, .. targeted], cancellationToken).ConfigureAwait(false);
        return plan.ExitCode == 0
            ? PlanReader.Read(await folder.ShowPlanAsync(cancellationToken).ConfigureAwait(false))
            : throw new TerraformRefusedException($"the second plan of {folder.Name}: {string.Join(" | ", plan.Errors)}");
    }

    /// <summary>Destroys it.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What went wrong, each a phrase.</returns>
    public async Task<IReadOnlyList<string>> DestroyAsync(CancellationToken cancellationToken) =>
        (await folder.DestroyAsync(relaxed, cancellationToken).ConfigureAwait(false)).Errors;
}
