namespace Verification.Platform;

/// <summary>How what is listed is not what was posted.</summary>
public static class Changes
{
    /// <summary>Each change in a few words, with white space and controls made visible; none where nothing was changed.</summary>
    /// <param name="question">The question that was posted.</param>
    /// <param name="answers">Its answers.</param>
    /// <param name="listed">What is listed of it.</param>
    public static IEnumerable<string> Of(string question, IReadOnlyList<string> answers, ListedBuff listed)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(listed);
        return Found(question, answers, listed);
    }

    private static IEnumerable<string> Found(string question, IReadOnlyList<string> answers, ListedBuff listed)
    {
        if (Visible.Difference(question, listed.Question) is { } difference)
            yield return $"question {difference}";
        if (listed.Answers is null || listed.Answers.Count != answers.Count)
        {
            yield return $"{listed.Answers?.Count ?? 0} answers instead of {answers.Count}";
            yield break;
        }

        for (var index = 0; index < answers.Count; index++)
        {
            if (Visible.Difference(answers[index], listed.Answers[index] ?? string.Empty) is { } changed)
                yield return $"answer {index + 1} {changed}";
        }
    }
}
