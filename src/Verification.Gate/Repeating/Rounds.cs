namespace Verification.Gate.Repeating;

/// <summary>In which order scenarios are tried: round by round, each round in an order of its own, so that what one leaves on the machine
/// does not always meet the same other.</summary>
internal static class Rounds
{
    /// <summary>The tries that are left, in their order.</summary>
    /// <param name="scenarios">The scenarios.</param>
    /// <param name="missing">How often a scenario is still to be tried; null for without an end.</param>
    /// <param name="seed">Draws the orders.</param>
    public static IEnumerable<string> Of(IReadOnlyList<string> scenarios, Func<string, int?> missing, int seed)
    {
        var random = new Random(seed);
        for (var round = 0; ; round++)
        {
            string[] due = [.. scenarios.Where(scenario => missing(scenario) is not { } left || left > round)];
            if (due.Length == 0)
                yield break;
            random.Shuffle(due);
            foreach (var scenario in due)
                yield return scenario;
        }
    }
}
