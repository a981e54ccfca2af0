using Verification.Objectives;
using Verification.Stack;
using Verification.Stack.Sessions;

namespace Verification.Gate.Runs;

/// <summary>What a gate will not be able to decide, as far as it is known before anything is made or started.</summary>
internal static class ForeseenLacks
{
    /// <summary>The objectives that were asked for by name and lack something that only the user can give, each with what it is and how it
    /// is given.</summary>
    /// <param name="gates">All objectives.</param>
    /// <param name="profile">The profile of the gate.</param>
    /// <param name="options">What was asked for.</param>
    public static IReadOnlyList<ForeseenLack> Of(Gates gates, Profile profile, GateOptions options)
    {
        var lacking = new Dictionary<string, string>(StringComparer.Ordinal);
        if (profile.Expects is null)
            lacking[Expectation.Capability] =
                $"the profile {profile.Name} does not say what the business expects; write expects: {{posts: 40, readers: 400, p99: 300 ms}} into it (docs/load.md)";
        if (options.Previous.Count == 0)
            lacking[PreviousRelease.Capability] = "no previous release is named; name one with --previous (docs/upgrade.md)";
        if (options.ReadOnly)
            lacking[StackDescription.WriteCapability] = "nothing may be posted; leave --read-only out";
        return
        [
            .. options
                .Only.Where(gates.Objectives.ContainsKey)
                .Select(id => (Id: id, Need: gates.Objectives[id].Needs.FirstOrDefault(lacking.ContainsKey)))
                .Where(each => each.Need is not null)
                .Select(each => new ForeseenLack(each.Id, lacking[each.Need!])),
        ];
    }
}

/// <summary>An objective that can't be decided.</summary>
/// <param name="Objective">Its id.</param>
/// <param name="Why">What it lacks and how it is given: one phrase.</param>
internal sealed record ForeseenLack(string Objective, string Why);
