/// A word of the field that the pages use.
struct Term: Sendable {
  let names: [String]
  let text: String

  static let all = [
    Term(
      names: ["hyperparameter", "hyperparameters", "parameter", "parameters"],
      text: """
        A parameter is a number inside the network: a weight or a bias. Training finds it, by \
        following the gradient of the loss; a network of 30 inputs and 32 hidden units has about \
        a thousand. A hyperparameter is a setting of the network or of its training that you \
        choose before: how many units, which rate, how many rows in a batch. No gradient leads \
        to it; it is found by rules of thumb, by experience and by trials. `plumb compile` counts \
        parameters, `plumb resolve` lists hyperparameters with where each came from.
        """),
    Term(
      names: ["overfitting", "overfit"],
      text: """
        The network has learnt the training rows themselves, noise included: the training loss \
        goes on falling while the validation loss rises. Less capacity, more that holds back \
        (early stopping, dropout, decay) or more rows help, in the opposite order.
        """),
    Term(
      names: ["underfitting", "underfit"],
      text: """
        The network has not learnt what the table shows: training and validation loss are both \
        high. More epochs, a better rate, more units or better inputs help, in this order.
        """),
    Term(
      names: ["epoch"],
      text: """
        One pass over all training rows. Weights change after every batch, not after every \
        epoch: an epoch is as many steps as there are batches. See `plumb explain epochs`.
        """),
    Term(
      names: ["step", "update", "iteration"],
      text: """
        One change of the weights, made from the gradient of one batch. Steps of a run are \
        (training rows / batch size, rounded up) · epochs.
        """),
    Term(
      names: ["batch", "mini-batch", "minibatch"],
      text: """
        The rows from which one step is made. See `plumb explain batch_size`.
        """),
    Term(
      names: ["gradient"],
      text: """
        For every parameter, how the loss changes when that parameter grows a little. A step goes \
        against it, as far as the learning rate says.
        """),
  ]

  static func named(_ name: String) -> Term? { all.first { $0.names.contains(name) } }
}
