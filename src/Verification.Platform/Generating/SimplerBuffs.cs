namespace Verification.Platform.Generating;

/// <summary>What is simpler than a buff, each in one respect: to find the smallest that still deviates.</summary>
public static class SimplerBuffs
{
    /// <summary>The simpler ones, what saves most first; none where nothing is simpler.</summary>
    public static IEnumerable<GeneratedBuff> Of(GeneratedBuff buff)
    {
        ArgumentNullException.ThrowIfNull(buff);
        return Candidates(buff).Where(simpler => Weight(simpler) < Weight(buff));
    }

    /// <summary>How much there is to a buff; less is simpler.</summary>
    internal static int Weight(GeneratedBuff buff) =>
        buff.Before.Length
        + buff.After.Length
        + buff.Answers.Sum(answer => answer.Length + 1)
        + (buff.Spelling.Further.Count * 2)
        + buff.Spelling.Between.Length
        + (int)buff.Spelling.Escapes
        + (buff.Spelling.Capitals ? 1 : 0)
        + (buff.Spelling.ShortEscapes ? 1 : 0)
        + (buff.Spelling.EscapedNames ? 1 : 0)
        + (buff.Spelling.AnswersFirst ? 1 : 0)
        + (buff.ContentType == Contract.ContentType ? 0 : 1)
        + buff.Headers.Count
        + (buff.Chunked ? 1 : 0);

    private static IEnumerable<GeneratedBuff> Candidates(GeneratedBuff buff)
    {
        var spelling = buff.Spelling;
        yield return buff with
        {
            Before = string.Empty,
            After = string.Empty,
            Answers = ["a"],
        };
        yield return buff with
        {
            Answers = ["a"],
        };
        yield return buff with
        {
            Before = string.Empty,
        };
        yield return buff with
        {
            After = string.Empty,
        };
        yield return buff with
        {
            Spelling = new BodySpelling(),
        };
        yield return buff with
        {
            Spelling = spelling with { Further = [] },
        };
        yield return buff with
        {
            Spelling = spelling with { Escapes = Escapes.Needed, Capitals = false, ShortEscapes = false },
        };
        yield return buff with
        {
            Spelling = spelling with { EscapedNames = false },
        };
        yield return buff with
        {
            Spelling = spelling with { Between = string.Empty },
        };
        yield return buff with
        {
            ContentType = Contract.ContentType,
        };
        yield return buff with
        {
            Headers = [],
        };
        yield return buff with
        {
            Chunked = false,
        };
        yield return buff with
        {
            Before = Halves(buff.Before).First,
        };
        yield return buff with
        {
            Before = Halves(buff.Before).Last,
        };
        yield return buff with
        {
            After = Halves(buff.After).First,
        };
        yield return buff with
        {
            After = Halves(buff.After).Last,
        };
        yield return buff with
        {
            Answers = [.. buff.Answers.Take((buff.Answers.Count + 1) / 2)],
        };
        yield return buff with
        {
            Answers = [.. buff.Answers.TakeLast((buff.Answers.Count + 1) / 2)],
        };
        yield return buff with
        {
            Answers = [.. buff.Answers.Select(answer => Halves(answer).First)],
        };
        yield return buff with
        {
            Answers = [.. buff.Answers.Select(answer => Halves(answer).Last)],
        };
    }

    private static (string First, string Last) Halves(string text)
    {
        var first = BuffGen.Half(text);
        // Of one character nothing is left but itself.
        return first.Length == 0 ? (text, text) : (first, text[first.Length..]);
    }
}
