namespace Verification.Stomp;

/// <summary>How messages of a subscription are acknowledged.</summary>
public enum StompAcknowledge
{
    /// <summary>By being sent: a message is lost when its reader dies.</summary>
    Auto,

    /// <summary>Each ACK stands for all before it.</summary>
    Client,

    /// <summary>Each by its own ACK.</summary>
    ClientIndividual,
}

/// <summary>The words of the protocol.</summary>
internal static class StompAcknowledgeWords
{
    public static string Header(this StompAcknowledge acknowledge) =>
        acknowledge switch
        {
            StompAcknowledge.Client => "client",
            StompAcknowledge.ClientIndividual => "client-individual",
            _ => "auto",
        };
}
